namespace Diaspora.Web.Certificates;

/// <summary>Names the texts of certificates.</summary>
public sealed class CertificatesTexts;
