using System.Text;
using System.Text.RegularExpressions;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;

namespace Diaspora.Tests.Payments;

/// <summary>A full page of the queue stays light: whoever opens it waits for its bytes, and the portal keeps them while it is open.</summary>
public sealed class QueueWeightTests(SlowQueue queue) : IClassFixture<SlowQueue>
{
    private const int Most = 150 * 1024;

    [Fact]
    public async Task Open_AFullPage_SendsNoMoreThan150KilobytesOfPage()
    {
        await queue.ArriveAsync(40);
        using var cashier = new Visitor(queue.Portal);
        await cashier.SendAsync("/admin/login", ("Form.Phone", PortalHost.Cashier.Phone), ("Form.Password", PortalHost.Cashier.Password));

        var page = await (await cashier.GetAsync("/admin/payments")).Content.ReadAsStringAsync();

        Assert.Equal(50, Regex.Count(page, "data-intent="));
        Assert.InRange(Encoding.UTF8.GetByteCount(page), 1, Most);
    }
}
