namespace GridCases.Attachments;

/// <summary>How large an attachment may be, how much all of them, and where they lie; section <c>GridCases:Attachments</c>. A megabyte is 1024 × 1024 bytes.</summary>
public sealed class AttachmentSettings
{
    /// <summary>Most megabytes of one file.</summary>
    public int MaxMegabytes { get; set; } = 20;

    /// <summary>Most megabytes of all files of one case, withdrawn ones too, since they stay.</summary>
    public int CaseMegabytes { get; set; } = 1024;

    /// <summary>Most megabytes of all files of all cases; null for as much as the disk holds.</summary>
    public int? TotalMegabytes { get; set; }

    /// <summary>Megabytes of the disk that files leave free, for the database and its log.</summary>
    public int FreeMegabytes { get; set; } = 512;

    /// <summary>Most bytes of one file.</summary>
    public long MostBytes => MaxMegabytes * 1024L * 1024L;

    /// <summary>Most bytes of all files of one case.</summary>
    public long CaseBytes => CaseMegabytes * 1024L * 1024L;

    /// <summary>
    /// A folder that several servers share; it must be there. Best one inside of what is mounted, so that it is missing while the share is. Without it they lie in <c>attachments</c> in the data folder.
    /// </summary>
    public string? Folder { get; set; }

    /// <summary>A bucket instead of a folder.</summary>
    public S3Settings S3 { get; set; } = new();
}

/// <summary>A bucket of a store that speaks S3 (MinIO, Ceph, a cloud's); section <c>GridCases:Attachments:S3</c>.</summary>
public sealed class S3Settings
{
    /// <summary>Name of the bucket, which must be there; without it there is none.</summary>
    public string? Bucket { get; set; }

    /// <summary>Address of the store, such as <c>https://minio.city.example:9000</c>; without it Amazon's in <see cref="Region"/>.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The region that requests are signed for.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>What every key begins with, where a bucket is shared: <c>gridcases/</c>.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>Whether the bucket stands in the path, as MinIO and Ceph want it, and not in the host's name.</summary>
    public bool PathStyle { get; set; } = true;

    /// <summary>Access key; without it the SDK looks where it always does (<c>AWS_ACCESS_KEY_ID</c>, a profile, the machine's role).</summary>
    public string? AccessKey { get; set; }

    /// <summary>Secret key.</summary>
    public string? SecretKey { get; set; }

    /// <summary>Most seconds for one request with its content; it is tried three times.</summary>
    public int TimeoutSeconds { get; set; } = 30;
}
