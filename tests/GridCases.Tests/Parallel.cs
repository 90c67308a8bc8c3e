// Fixtures share nothing: each has folders, databases and ports of its own. As many run side by side as there are processors.
[assembly: Parallelizable(ParallelScope.Fixtures)]
