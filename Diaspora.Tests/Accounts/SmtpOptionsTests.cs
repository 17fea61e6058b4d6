using Diaspora.Web.Accounts;
using Diaspora.Web.Shell.Guard;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Diaspora.Tests.Accounts;

/// <summary>Half a mail configuration is noticed at the start, by the name of its key.</summary>
public sealed class SmtpOptionsTests
{
    [Theory]
    [InlineData("Smtp:From", "Smtp:Host=mail.example.kz;Site:BaseUrl=https://portal.example.kz")]
    [InlineData("Smtp:From", "Smtp:Host=mail.example.kz;Smtp:From=nobody at all;Site:BaseUrl=https://portal.example.kz")]
    [InlineData("Site:BaseUrl", "Smtp:Host=mail.example.kz;Smtp:From=salam@example.kz")]
    [InlineData("Smtp:Password", "Smtp:Host=mail.example.kz;Smtp:From=salam@example.kz;Site:BaseUrl=https://portal.example.kz;Smtp:User=salam")]
    [InlineData("Smtp:User", "Smtp:Host=mail.example.kz;Smtp:From=salam@example.kz;Site:BaseUrl=https://portal.example.kz;Smtp:Password=salam")]
    [InlineData("Smtp:Host", "Smtp:Host=mail.example.kz:25;Smtp:From=salam@example.kz;Site:BaseUrl=https://portal.example.kz")]
    [InlineData("Smtp:Host", "Smtp:Host=https://mail.example.kz;Smtp:From=salam@example.kz;Site:BaseUrl=https://portal.example.kz")]
    [InlineData("Smtp:Port", "Smtp:Host=mail.example.kz;Smtp:From=salam@example.kz;Site:BaseUrl=https://portal.example.kz;Smtp:Port=0")]
    public void Start_WithHalfAMailConfiguration_NamesTheKey(string key, string settings)
    {
        var fault = Assert.Throws<OptionsValidationException>(() => Bound(settings));

        Assert.Contains(key, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("Smtp:From=salam@example.kz", false)]
    [InlineData("Smtp:Host=mail.example.kz;Smtp:From=Диаспора <salam@example.kz>;Site:BaseUrl=https://portal.example.kz", true)]
    public void Start_WithAllOrNothing_IsFine(string settings, bool isOpen) => Assert.Equal(isOpen, Bound(settings).IsGiven);

    private static SmtpOptions Bound(string settings)
    {
        var pairs = settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1]);
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(pairs).Build())
            .AddSingleton<IValidateOptions<SiteOptions>, SiteOptionsValidator>()
            .AddSingleton<IValidateOptions<SmtpOptions>, SmtpOptionsValidator>();
        services.AddOptions<SiteOptions>().BindConfiguration(SiteOptions.Section);
        services.AddOptions<SmtpOptions>().BindConfiguration(SmtpOptions.Section);
        using var built = services.BuildServiceProvider();
        return built.GetRequiredService<IOptions<SmtpOptions>>().Value;
    }
}
