using GridCases.Attachments;
using GridCases.Data;
using GridCases.Features.Audit;
using GridCases.Features.Cases;
using GridCases.Features.Deadlines;
