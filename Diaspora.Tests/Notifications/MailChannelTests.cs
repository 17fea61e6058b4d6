using Diaspora.Domain.Dues;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Storage;
using Diaspora.Web.Accounts;
using Diaspora.Web.Dues;
using Diaspora.Web.Notifications;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell.Guard;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Diaspora.Tests.Notifications;

/// <summary>Letters to a real mail server: what they say, and what is made of what the server says.</summary>
public sealed class MailChannelTests : IDisposable
{
    private readonly MailServer _server = new();
    private readonly ServiceProvider _services;

    public MailChannelTests()
    {
        var settings = new CurrentSettings();
        settings.Use(new SettingsSnapshot(new DuesRules(FeeSchedule.Always(new Money(2000)), 10, 12, 14, TimeZoneInfo.FindSystemTimeZoneById("Asia/Almaty")))
        {
            Association = AssociationContacts.None with { Name = "Диаспора", NameKazakh = "Диаспора қауымы" },
        });
        _services = new ServiceCollection().AddLocalization().AddLogging().AddSingleton<TimeProvider>(new FakeTimeProvider(TestDatabase.Noon(2026, 3, 8))).AddSingleton(settings.Rules.Zone).AddSingleton(settings)
            .AddSingleton(Options.Create(new SmtpOptions { Host = "127.0.0.1", Port = _server.Port, UseTls = false, From = "Диаспора <salam@diaspora.kz>" }))
            .AddSingleton(Options.Create(new SiteOptions { BaseUrl = "https://portal.example.kz" }))
            .AddSingleton<Wording>().AddSingleton<PeriodWords>().AddSingleton<SmtpServer>().AddSingleton<MailChannel>().AddMessageWriter().BuildServiceProvider();
    }

    public void Dispose()
    {
        _services.Dispose();
        _server.Dispose();
    }

    [Theory]
    [InlineData("ru", "Взнос принят: март и апрель", "Салам, Рашад!", "Открыть кабинет", "Диаспора")]
    [InlineData("kk", "Жарна қабылданды: наурыз және сәуір", "Сәлем, Рашад!", "Кабинетті ашу", "Диаспора қауымы")]
    public async Task Send_AConfirmation_IsALetterInTheMembersLanguageAsTextAndInOurLook(string language, string subject, string greeting, string button, string association)
    {
        var id = Guid.NewGuid();
        Assert.Equal(Delivery.Taken, await SendAsync(id, Cause.PaymentConfirmed, language, new NoticeFacts([new Period(2026, 3), new Period(2026, 4)], 4000)));

        var letter = Assert.Single(_server.Letters);
        Assert.Equal((subject, $"{id:N}@diaspora.kz", "rashad@example.kz"), (letter.Subject, letter.MessageId, letter.To.Mailboxes.Single().Address));
        Assert.StartsWith(greeting, letter.TextBody, StringComparison.Ordinal);
        Assert.Contains("4\u00A0000\u00A0₸", letter.TextBody, StringComparison.Ordinal);
        Assert.Contains("https://portal.example.kz/cabinet/payments", letter.TextBody, StringComparison.Ordinal);
        var html = System.Net.WebUtility.HtmlDecode(letter.HtmlBody!);
        Assert.All([$"lang=\"{language}\"", button, association, greeting, "href=\"https://portal.example.kz/cabinet/payments\""], part => Assert.Contains(part, html, StringComparison.Ordinal));
        Assert.DoesNotContain("{", letter.TextBody, StringComparison.Ordinal);
        Assert.InRange(letter.HtmlBody!.Length, 1, 6000);
    }

    [Fact]
    public async Task Send_WhatSomebodyTyped_IsTextAndNeverMarkup()
    {
        await SendAsync(Guid.NewGuid(), Cause.PaymentRejected, "ru", new NoticeFacts([new Period(2026, 3)], 2000, "<b>{имя}</b> & {ссылка}"));
        var letter = Assert.Single(_server.Letters);
        Assert.Contains("<b>{имя}</b> & {ссылка}", letter.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", letter.HtmlBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RCPT", "550 5.1.1 no such user", DeliveryOutcome.NoAddress, "smtp 550")]
    [InlineData("RCPT", "452 4.2.2 mailbox full", DeliveryOutcome.Later, "smtp 452")]
    [InlineData("RCPT", "554 5.7.1 not from you", DeliveryOutcome.Later, "smtp 554")]
    [InlineData("MAIL", "421 4.7.0 try later", DeliveryOutcome.Later, "smtp 421")]
    [InlineData("DATA", "554 5.6.0 refused", DeliveryOutcome.Later, "smtp 554")]
    [InlineData("EHLO", "", DeliveryOutcome.Later, null)]
    [InlineData("RCPT", "", DeliveryOutcome.Later, null)]
    [InlineData("DATA", "", DeliveryOutcome.Unsure, null)]
    public async Task Send_ToAServerThatSaysSomethingElse_IsUnderstood(string command, string answer, DeliveryOutcome outcome, string? problem)
    {
        _server.Answer = line => line.StartsWith(command, StringComparison.Ordinal) ? answer : null;
        var delivery = await SendAsync(Guid.NewGuid(), Cause.NewDevice, "ru", NoticeFacts.None);
        Assert.Equal(outcome, delivery.Outcome);
        Assert.Equal(outcome == DeliveryOutcome.NoAddress ? "rashad@example.kz" : null, delivery.DeadMail);
        Assert.True(problem is null || delivery.Problem == problem, delivery.Problem);
        Assert.DoesNotContain("@", delivery.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_WhereNobodyListens_IsTriedLater()
    {
        _server.Dispose();
        Assert.Equal(DeliveryOutcome.Later, (await SendAsync(Guid.NewGuid(), Cause.NewDevice, "ru", NoticeFacts.None)).Outcome);
    }

    [Fact]
    public void Write_EveryCause_HasItsWordsAndFillsThemAll()
    {
        foreach (var cause in Enum.GetValues<Cause>())
        {
            foreach (var language in (string[])["ru", "kk"])
            {
                var written = _services.GetRequiredService<MessageWriter>().Write(cause, Channel.Mail, language, "Алиев Рашад", new NoticeFacts([new Period(2026, 3)], 2000, "sum_differs", "Mozilla/5.0 (Linux; Android 15) Chrome/130") { Imported = new ImportedRows("Взносы.xlsx", 1, 1, 1, 1) });
                Assert.DoesNotContain($"{cause}", written.Title + written.Text, StringComparison.Ordinal);
                Assert.DoesNotContain("{", written.Title + written.Text, StringComparison.Ordinal);
                Assert.DoesNotContain("sum_differs", written.Text, StringComparison.Ordinal);
                Assert.Contains(written.Link.AbsoluteUri, written.Text, StringComparison.Ordinal);
            }
        }
    }

    private Task<Delivery> SendAsync(Guid id, Cause cause, string language, NoticeFacts facts) => _services.GetRequiredService<MailChannel>().SendAsync(
        id, new Recipient(Guid.NewGuid(), "Алиев Рашад", "rashad@example.kz"), _services.GetRequiredService<MessageWriter>().Write(cause, Channel.Mail, language, "Алиев Рашад", facts), TestContext.Current.CancellationToken);
}
