using Diaspora.Web.Accounts;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Diaspora.Tests.Accounts;

public sealed class KnownDeviceTests
{
    private static readonly PhoneNumber Mine = PhoneNumber.Parse("+7 701 555 01 42");
    private static readonly PhoneNumber Other = PhoneNumber.Parse("+7 705 555 02 18");

    private readonly KnownDevice _device = new(new EphemeralDataProtectionProvider());

    [Fact]
    public void IdFor_ThePhoneThatSignedInHere_IsTheSameEveryTime()
    {
        var cookie = Remembered(Mine);

        var id = _device.IdFor(Request(cookie), Mine);

        Assert.NotNull(id);
        Assert.Equal(id, _device.IdFor(Request(Remembered(Mine, cookie)), Mine));
    }

    [Fact]
    public void IdFor_AnotherPhone_IsNothing() => Assert.Null(_device.IdFor(Request(Remembered(Mine)), Other));

    [Fact]
    public void Remember_AnotherPhone_GivesAnotherDevice()
    {
        var mine = Remembered(Mine);
        var other = Remembered(Other, mine);

        Assert.Null(_device.IdFor(Request(other), Mine));
        Assert.NotEqual(_device.IdFor(Request(mine), Mine), _device.IdFor(Request(other), Other));
    }

    [Theory]
    [InlineData("")]
    [InlineData("+77015550142|0123456789abcdef")]
    [InlineData("%%%")]
    public void IdFor_AForgedCookie_IsNothing(string forged) => Assert.Null(_device.IdFor(Request(forged), Mine));

    [Fact]
    public void IdFor_ACookieOfOtherKeys_IsNothing()
    {
        var cookie = Remembered(Mine);

        Assert.Null(new KnownDevice(new EphemeralDataProtectionProvider()).IdFor(Request(cookie), Mine));
    }

    [Fact]
    public void Remember_Always_KeepsTheCookieFromScriptsAndOtherSites()
    {
        var context = Request(null);
        _device.Remember(context, Mine);

        var cookie = Assert.Single(context.Response.GetTypedHeaders().SetCookie);
        Assert.True(cookie.HttpOnly);
        Assert.True(cookie.Secure);
        Assert.Equal(Microsoft.Net.Http.Headers.SameSiteMode.Strict, cookie.SameSite);
        Assert.Equal(TimeSpan.FromDays(365), cookie.MaxAge);
        Assert.DoesNotContain(Mine.Value, cookie.Value.ToString(), StringComparison.Ordinal);
    }

    private string Remembered(PhoneNumber phone, string? before = null)
    {
        var context = Request(before);
        _device.Remember(context, phone);
        return context.Response.GetTypedHeaders().SetCookie.Single().Value.ToString();
    }

    private static DefaultHttpContext Request(string? cookie)
    {
        var context = new DefaultHttpContext { Request = { Scheme = "https" } };
        if (cookie is not null)
            context.Request.Headers[HeaderNames.Cookie] = $"{KnownDevice.Cookie}={cookie}";

        return context;
    }
}
