using Diaspora.Domain.Dues;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Storage;
using Diaspora.Web.Dues;
using Diaspora.Web.Notifications;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell.Guard;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Diaspora.Tests.Notifications;

/// <summary>Which words may stand in which text, and that the portal's own texts keep to it.</summary>
public sealed class MessageWordsTests : IDisposable
{
    private readonly ServiceProvider _services;

    public MessageWordsTests()
    {
        var settings = new CurrentSettings();
        settings.Use(new SettingsSnapshot(new DuesRules(FeeSchedule.Always(new Money(2000)), 10, 12, 14, TimeZoneInfo.FindSystemTimeZoneById("Asia/Almaty")))
        {
            Association = AssociationContacts.None with { Name = "Диаспора", NameKazakh = "Диаспора қауымы" },
        });
        _services = new ServiceCollection().AddLocalization().AddLogging().AddSingleton<TimeProvider>(new FakeTimeProvider(TestDatabase.Noon(2026, 3, 8))).AddSingleton(settings.Rules.Zone).AddSingleton(settings)
            .AddSingleton(Options.Create(new SiteOptions())).AddSingleton<Wording>().AddSingleton<PeriodWords>()
            .AddMessageWriter().BuildServiceProvider();
    }

    public static TheoryData<Cause> AllCauses => [.. Enum.GetValues<Cause>()];

    public void Dispose() => _services.Dispose();

    /// <summary>Found by reflection: a cause or a channel that is added is looked at too.</summary>
    [Theory]
    [MemberData(nameof(AllCauses))]
    public void Own_EveryText_KeepsToTheRulesAndAnExampleFillsIt(Cause cause)
    {
        var own = _services.GetRequiredService<IOwnTexts>();
        var keys = Enum.GetValues<Channel>().SelectMany(channel => own.Languages.Select(language => new MessageTextKey(cause, channel, language))).Where(key => own.Find(key) is not null).ToList();
        Assert.NotEmpty(keys);
        Assert.Equal(own.Languages.Count * keys.DistinctBy(key => key.Channel).Count(), keys.Count);
        Assert.All(keys, key =>
        {
            var wording = own.Find(key)!;
            var form = new EditMessageTextForm { Key = key, Title = wording.Title, Text = wording.Text };
            Assert.Equal("", string.Join('\n', new EditMessageTextFormValidator().Examine(form).ByField));
            Assert.Equal(wording, form.Typed);

            var example = _services.GetRequiredService<MessageWriter>().Example(key, wording);
            Assert.DoesNotContain("{", example.Title + example.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("  ", example.Title + example.Text, StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(AllCauses))]
    public void May_OnALockedScreen_StandNoSum(Cause cause)
    {
        Assert.DoesNotContain(MessageWords.Sum, MessageWords.InTitle(cause));
        Assert.All(Enum.GetValues<Channel>().Except([Channel.Mail]), channel => Assert.DoesNotContain(MessageWords.Sum, MessageWords.InText(cause, channel)));
    }

    [Theory]
    [InlineData(Cause.Reminder, Channel.Mail, "Пора", "{имя}, {месяцы}: {сумма} {ссылка}", null, null)]
    [InlineData(Cause.Reminder, Channel.Mail, "Пора", "{имя}, {сума}", null, "ReminderWordUnknown(сума, имя, месяцы, сумма, ссылка, портал)")]
    [InlineData(Cause.Reminder, Channel.Push, "Пора", "{сумма}", null, "MessageWordElsewhere(сумма, имя, месяцы, портал)")]
    [InlineData(Cause.Reminder, Channel.Mail, "Пора: {сумма}", "{имя}", "MessageWordElsewhere(сумма, имя, месяцы, портал)", null)]
    [InlineData(Cause.Reminder, Channel.Mail, "Пора", "{причина}", null, "MessageWordElsewhere(причина, имя, месяцы, сумма, ссылка, портал)")]
    [InlineData(Cause.NewDevice, Channel.Push, "Вход {устройство}", "{устройство", null, "ReminderBraceUnpaired(имя, устройство, портал)")]
    [InlineData(Cause.NewDevice, Channel.Push, "Вход", "устройство}", null, "ReminderBraceUnpaired(имя, устройство, портал)")]
    [InlineData(Cause.NewDevice, Channel.Push, "Вход", "{}", null, "ReminderBraceUnpaired(имя, устройство, портал)")]
    [InlineData(Cause.NewDevice, Channel.Push, " \n ", "  ", "MessageTextEmpty", "MessageTextEmpty")]
    [InlineData(Cause.SignInLink, Channel.Mail, "Пароль", "Добрый день", null, "MessageWordMissing(ссылка)")]
    public void Examine_WhatWasTyped_SaysItBesideTheField(Cause cause, Channel channel, string title, string text, string? ofTitle, string? ofText)
    {
        var problems = new EditMessageTextFormValidator().Examine(new EditMessageTextForm { Key = new MessageTextKey(cause, channel, "ru"), Title = title, Text = text });
        Assert.Equal((ofTitle, ofText), (problems["Title"]?.ToString(), problems["Text"]?.ToString()));
    }

    [Theory]
    [InlineData(Channel.Mail, 2000)]
    [InlineData(Channel.Push, 240)]
    [InlineData(Channel.Sms, 402)]
    public void Examine_ATextThatIsTooLong_SaysHowLongItMayBe(Channel channel, int most)
    {
        FormProblems Examine(int length) => new EditMessageTextFormValidator().Examine(new EditMessageTextForm { Key = new MessageTextKey(Cause.Trial, channel, "ru"), Title = "Проба", Text = new string('я', length) });
        Assert.False(Examine(most).Any);
        Assert.Equal($"TooLong({most})", Examine(most + 1)["Text"]?.ToString());
    }

    [Fact]
    public void Example_OfATextThatIsBeingTyped_LeavesWhatHasNoValue()
    {
        var example = _services.GetRequiredService<MessageWriter>().Example(new MessageTextKey(Cause.Reminder, Channel.Mail, "ru"), new MessageWording("{имя}: {меся", "{сума} {сумма} {месяцы} }{"));
        Assert.Equal(("Рашад: {меся", "{сума} 4\u00A0000\u00A0₸ февраль и март }{"), (example.Title, example.Text));
    }

    [Fact]
    public void Key_OfEveryText_IsAnother()
    {
        var keys = from cause in Enum.GetValues<Cause>() from channel in Enum.GetValues<Channel>() from language in (string[])["ru", "kk"] select new MessageTextKey(cause, channel, language).Id;
        Assert.Equal(keys.Count(), keys.Distinct().Count());
    }
}
