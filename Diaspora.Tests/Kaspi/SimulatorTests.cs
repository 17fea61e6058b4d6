using System.Net;
using Diaspora.Tests.Hosting;
using Diaspora.Web.Kaspi;
using Diaspora.Web.Payments;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace Diaspora.Tests.Kaspi;

/// <summary>The bank to play with is in Development alone.</summary>
[Collection(typeof(OfPublishedPortal))]
public sealed class SimulatorTests(PublishedPortal published, BankPortal bank)
{
    [Theory]
    [InlineData("Production", true, true)]
    [InlineData("Staging", true, true)]
    [InlineData("Production", false, false)]
    [InlineData("Production", null, false)]
    [InlineData("Development", true, false)]
    public void Start_WithIt_IsRefusedButInDevelopment(string environment, bool? wanted, bool isRefused)
    {
        var validator = new KaspiOptionsValidator(new HostingEnvironment { EnvironmentName = environment }, new ConfigurationBuilder().Build());
        Assert.Equal(isRefused, validator.Validate(null, new KaspiOptions { Simulator = wanted }).Failed);
    }

    [Theory]
    [InlineData("/kaspi/simulator/00000000-0000-0000-0000-000000000000")]
    [InlineData("/kaspi/simulator/apipay/invoices?search=1")]
    [InlineData("/kaspi/biller?command=check&account=12345678")]
    public async Task Ask_InProduction_FindsNothing(string path)
    {
        using var client = new HttpClient { BaseAddress = published.Address };
        using var answer = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public void Routes_InDevelopment_AreThere() => Assert.Equal(5, bank.Portal.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Count(endpoint => endpoint.RoutePattern.RawText?.StartsWith("/kaspi/simulator", StringComparison.Ordinal) == true));
}
