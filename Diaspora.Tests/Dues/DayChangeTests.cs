using Bunit;
using Diaspora.Domain.Settings;
using Diaspora.Web.Dues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Diaspora.Tests.Dues;

public sealed class DayChangeTests
{
    [Fact]
    public void Wait_OverMidnightOfAlmaty_CallsThePageOnceADay()
    {
        var clock = new FakeTimeProvider(MemberStory.Utc("2026-03-31 23:58"));
        using var context = new BunitContext();
        var settings = new CurrentSettings();
        settings.Use(new SettingsSnapshot(MemberStory.Joined("2026-01-05").Rules));
        context.Services.AddSingleton<TimeProvider>(clock).AddSingleton(settings);
        var calls = 0;
        var waiting = context.Render<DayChange>(day => day.Add(component => component.OnChange, () => calls++));

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, calls);

        clock.Advance(TimeSpan.FromMinutes(2));
        waiting.WaitForAssertion(() => Assert.Equal(1, calls));

        clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(1, calls);
    }
}
