using System.Security.Cryptography;
using System.Text;
using Diaspora.Domain.Access;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Overview;
using Diaspora.Tests.Shell;
using Diaspora.Tests.Storage;
using Diaspora.Web.Rights;
using static Diaspora.Tests.Payments.PaymentSetup;

namespace Diaspora.Tests.Accounts;

/// <summary>A wording that changed is agreed to anew, and what was agreed to before is kept.</summary>
public sealed class ConsentTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Newer = "2026-12-31";

    private ConsentService Consents => database.Get<ConsentService>();

    /// <summary>The same file, in a portal whose text is newer.</summary>
    private ConsentService Later => new(database.Get<IStore>(), database.Get<HeldRights>(), new ConsentTerms(Newer), database.Clock);

    [Fact]
    public async Task Ask_ANewerWording_IsAskedOnceOfMembersAndKeepsWhatWasGiven()
    {
        var member = await database.AddAsync("Алиев Рашад");
        Assert.True(await Consents.IsAskedAsync(member));
        await Consents.GiveAsync(member, RegistrationService.ConsentVersion);
        Assert.False(await Consents.IsAskedAsync(member));
        Assert.True(await Later.IsAskedAsync(member));
        var first = database.Clock.GetUtcNow().UtcDateTime;

        database.Clock.Advance(TimeSpan.FromDays(1));
        await Later.GiveAsync(member, Newer);
        database.Clock.Advance(TimeSpan.FromHours(1));
        await Later.GiveAsync(member, Newer);

        Assert.False(await Later.IsAskedAsync(member));
        var own = await database.Get<OwnDataService>().DataAsync(member);
        Assert.Equal(new OwnConsent(Newer, first.AddDays(1)), own.Consent);
        Assert.Equal([new OwnConsent(RegistrationService.ConsentVersion, first)], own.EarlierConsents);

        // A portal that still has the older text asks nobody back.
        Assert.False(await Consents.IsAskedAsync(member));
    }

    [Fact]
    public async Task Ask_Staff_KeepsNobodyFromWork()
    {
        Assert.False(await Later.IsAskedAsync(await database.AddAdminAsync()));
        Assert.False(await Later.IsAskedAsync(await database.AddAsync("Редактор Пресса", Role.Editor)));
    }

    [Fact]
    public async Task Give_ToAWordingThatIsNoMore_IsRefused()
    {
        var member = await database.AddAsync("Алиев Рашад");
        Assert.Equal(Problems.ChangedMeanwhile, (await RefusedAsync(() => Later.GiveAsync(member, RegistrationService.ConsentVersion))).Code);
        Assert.True(await Consents.IsAskedAsync(member));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("2026-12", true)]
    [InlineData("2026-11-30", true)]
    [InlineData("2026-10", false)]
    [InlineData("2026-13", false)]
    [InlineData("2026-12-32", false)]
    [InlineData("новая", false)]
    public void Configure_AWording_IsAMonthOrADayNoEarlierThanThePortals(string? version, bool isGood) => Assert.Equal(isGood, new ConsentOptions { Version = version }.HasGoodVersion);

    /// <summary>Whoever changes what members agree to gives it a new version, or says that it is the same in other words: here.</summary>
    [Fact]
    public void Change_TheTextsOfConsent_ChangesTheirVersion()
    {
        var folder = Path.Combine(Sources.Root, "Diaspora.Web", "Content", "Defaults");
        var whole = string.Concat(((string[])["privacy.ru.md", "privacy.kk.md", "rules.ru.md", "rules.kk.md"]).Select(file => File.ReadAllText(Path.Combine(folder, file)).ReplaceLineEndings("\n")));
        Assert.Equal(("2026-11", "453c879ddf384191"), (RegistrationService.ConsentVersion, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)))[..16]));
    }
}
