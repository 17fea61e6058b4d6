namespace Diaspora.Web.Shell;

/// <summary>What the browser may load and who may frame us. Scripts run from our own files, or with the request's nonce.</summary>
public static class SecurityHeaders
{
    /// <summary>How long a browser asks for https only, of this host and of all below it: a year.</summary>
    public const int HttpsForSeconds = 60 * 60 * 24 * 365;

    public static readonly HeaderPolicyCollection Policy = new HeaderPolicyCollection()
        .AddFrameOptionsDeny()
        .AddContentTypeOptionsNoSniff()
        .AddReferrerPolicyStrictOriginWhenCrossOrigin()
        .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
        .AddStrictTransportSecurityMaxAgeIncludeSubDomains(HttpsForSeconds)
        .RemoveServerHeader()
        .AddPermissionsPolicy(policy =>
        {
            policy.AddCamera().Self();
            policy.AddMicrophone().None();
            policy.AddGeolocation().None();
            policy.AddPayment().None();
        })
        .AddContentSecurityPolicy(policy =>
        {
            policy.AddDefaultSrc().Self();
            policy.AddScriptSrc().Self().WithNonce();
            // MudBlazor writes its theme into a style element, and sizes into style attributes.
            policy.AddStyleSrc().Self().UnsafeInline();
            policy.AddImgSrc().Self().Data().Blob();
            policy.AddConnectSrc().Self();
            policy.AddFontSrc().Self();
            policy.AddManifestSrc().Self();
            policy.AddFrameAncestors().None();
            policy.AddBaseUri().Self();
            policy.AddFormAction().Self();
            policy.AddObjectSrc().None();
        });
}
