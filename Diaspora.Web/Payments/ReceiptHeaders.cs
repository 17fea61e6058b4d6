using Diaspora.Web.Shell;

namespace Diaspora.Web.Payments;

/// <summary>What a browser may do with a file that a member sent: show it, and nothing else.</summary>
public static class ReceiptHeaders
{
    public const string Name = "Receipts";

    /// <summary>A PDF in a frame of a page of ours.</summary>
    public const string DocumentName = "ReceiptDocuments";

    public static readonly HeaderPolicyCollection Policy = Shown()
        .AddContentSecurityPolicy(policy =>
        {
            policy.AddSandbox();
            policy.AddDefaultSrc().None();
            policy.AddImgSrc().Self();
            policy.AddStyleSrc().UnsafeInline();
        });

    /// <summary>A browser's viewer of PDFs is a plugin to it: it starts neither in a sandbox nor where objects are refused. Still no script runs, nothing else is loaded, and nobody else frames it.</summary>
    public static readonly HeaderPolicyCollection DocumentPolicy = Shown()
        .AddContentSecurityPolicy(policy =>
        {
            policy.AddDefaultSrc().None();
            policy.AddObjectSrc().Self();
            policy.AddImgSrc().Self().Data().Blob();
            policy.AddStyleSrc().UnsafeInline();
            policy.AddFrameAncestors().Self();
            policy.AddBaseUri().None();
            policy.AddFormAction().None();
        });

    private static HeaderPolicyCollection Shown() => new HeaderPolicyCollection()
        .AddFrameOptionsSameOrigin()
        .AddContentTypeOptionsNoSniff()
        .AddReferrerPolicyNoReferrer()
        .AddStrictTransportSecurityMaxAgeIncludeSubDomains(SecurityHeaders.HttpsForSeconds)
        .RemoveServerHeader();
}
