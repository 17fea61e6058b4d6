using Diaspora.Web.Shell;

namespace Diaspora.Web.Payments;

/// <summary>What a browser may do with a file that a member sent: show it, and nothing else.</summary>
public static class ReceiptHeaders
{
    public const string Name = "Receipts";

    public static readonly HeaderPolicyCollection Policy = new HeaderPolicyCollection()
        .AddFrameOptionsSameOrigin()
        .AddContentTypeOptionsNoSniff()
        .AddReferrerPolicyNoReferrer()
        .AddStrictTransportSecurityMaxAgeIncludeSubDomains(SecurityHeaders.HttpsForSeconds)
        .RemoveServerHeader()
        .AddContentSecurityPolicy(policy =>
        {
            policy.AddSandbox();
            policy.AddDefaultSrc().None();
            policy.AddImgSrc().Self();
            policy.AddStyleSrc().UnsafeInline();
        });
}
