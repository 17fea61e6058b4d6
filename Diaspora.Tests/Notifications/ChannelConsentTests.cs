using System.Globalization;
using System.Resources;
using System.Security.Cryptography;
using System.Text;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Overview;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Diaspora.Web.Notifications;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Diaspora.Tests.Notifications;

/// <summary>The channels that cost money are used by consent alone, and only where nothing else reaches the member.</summary>
public sealed class ChannelConsentTests : IAsyncLifetime
{
    private static readonly ConsentWords Said = new("2026-11", "Я согласен(на) получать SMS");

    private readonly TestDatabase _database = new();
    private Actor _admin = null!;
    private Actor _member = null!;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _database.Get<OutboxRules>().Use([Channel.Mail, Channel.WhatsApp, Channel.Sms], TimeSpan.Zero);
        _admin = await _database.AddAdminAsync();
        _member = await _database.AddAsync("Алиев Рашад");
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Tell_WhoeverDidNotAgree_GoesByNoPaidChannelAndByTheFirstAgreedOneOtherwise()
    {
        await TellAsync(_member);
        Assert.Empty(await _database.MessagesAsync());

        await Consents.AgreeAsync(_member, Channel.Sms, Said);
        await TellAsync(_member);
        await Consents.AgreeAsync(_member, Channel.WhatsApp, Said);
        await TellAsync(_member);
        Assert.Equal([Channel.Sms, Channel.WhatsApp], (await _database.MessagesAsync()).Select(message => message.Channel));

        // Where a letter reaches them, nothing that costs money is sent.
        await _database.GiveMailAsync(_member, "rashad@example.kz");
        await TellAsync(_member);
        Assert.Equal(Channel.Mail, (await _database.MessagesAsync())[^1].Channel);
    }

    [Fact]
    public async Task Withdraw_WhileOneWaits_SendsItNotAndKeepsWhenAndToWhatTheyHadAgreed()
    {
        await Consents.AgreeAsync(_member, Channel.Sms, Said);
        await TellAsync(_member);
        await Consents.WithdrawAsync(_member, Channel.Sms);
        Assert.Equal(MessageState.Withdrawn, (await _database.MessagesAsync()).Single().State);
        Assert.Equal(0, await _database.SendAsync(_ => Delivery.Taken));

        var own = Assert.Single((await _database.Get<OwnDataService>().DataAsync(_member)).ChannelConsents);
        Assert.Equal((Channel.Sms, Said.Version, Said.Text, true), (own.Channel, own.Version, own.Text, own.WithdrawnAt >= own.AgreedAt));
        Assert.All(await Consents.ListAsync(_member), row => Assert.Null(row.AgreedAt));
    }

    /// <summary>Between the claim and the press there is no room: it is looked at in the transaction that claims.</summary>
    [Fact]
    public async Task Send_WhatWasWrittenBeforeTheyTookItBackElsewhere_IsWithdrawn()
    {
        await Consents.AgreeAsync(_member, Channel.Sms, Said);
        await TellAsync(_member);
        await using (var context = _database.Context())
        {
            await context.Set<ChannelConsent>().ExecuteUpdateAsync(set => set.SetProperty(consent => consent.WithdrawnAt, _database.Now()), TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, await _database.SendAsync(_ => Delivery.Taken));
        Assert.Equal(MessageState.Withdrawn, (await _database.MessagesAsync()).Single().State);
    }

    [Fact]
    public async Task Agree_Twice_KeepsTheFirstAndToAFreeChannelIsNothing()
    {
        await Consents.AgreeAsync(_member, Channel.Sms, Said);
        var first = (await Consents.ListAsync(_member)).Single(row => row.Channel == Channel.Sms).AgreedAt;
        _database.Clock.Advance(TimeSpan.FromDays(1));
        await Consents.AgreeAsync(_member, Channel.Sms, Said);
        await Consents.AgreeAsync(_member, Channel.Mail, Said);
        Assert.Equal([(Channel.WhatsApp, null), (Channel.Sms, first)], (await Consents.ListAsync(_member)).Select(row => (row.Channel, row.AgreedAt)));
    }

    /// <summary>«Отправить себе»: by each channel alone, and what came of it is told.</summary>
    [Fact]
    public async Task Try_AsAnAdmin_GoesByThatChannelAloneAndSaysWhatCameOfIt()
    {
        var channels = _database.Get<ChannelService>();
        Assert.False(await channels.TryAsync(_admin, Channel.Mail));
        Assert.False(await channels.TryAsync(_admin, Channel.Push));
        Assert.True(await channels.TryAsync(_admin, Channel.Sms));
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await channels.TryAsync(_admin, Channel.Sms));
        await _database.GiveMailAsync(_admin, "admin@example.kz");
        Assert.True(await channels.TryAsync(_admin, Channel.Mail));
        await _database.SendAsync(message => message.Channel == Channel.Sms ? new Delivery(DeliveryOutcome.NoAddress, "sms recipient") : Delivery.Taken);

        Assert.Equal(
            [(Channel.Mail, MessageState.Sent, null), (Channel.Sms, MessageState.NoAddress, "sms recipient")],
            (await channels.TrialsAsync(_admin)).Select(row => (row.Channel, row.State, row.Problem)));
        Assert.Contains(new TrialEnded(_admin.MemberId!.Value), _database.Feed.Changes);
    }

    /// <summary>Another text is another version: change both, or what somebody agreed to is told wrongly.</summary>
    [Fact]
    public void Version_OfTheConsents_IsOfTheseTexts()
    {
        var texts = new ResourceManager(typeof(ChannelsTexts));
        var all = string.Concat(from channel in Enum.GetValues<Channel>() where channel.IsPaid from language in (string[])["ru", "kk"] select texts.GetString($"Consent{channel}", CultureInfo.GetCultureInfo(language)));
        Assert.Equal(("2026-11", "d6a0c859"), (ChannelsTexts.ConsentVersion, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..8]));
        Assert.InRange(all.Length, 300, ChannelConsent.TextLength * 4);
    }

    private ChannelConsentService Consents => _database.Get<ChannelConsentService>();

    private Task TellAsync(Actor whom)
    {
        _database.Clock.Advance(TimeSpan.FromSeconds(1));
        return _database.Get<IStore>().WriteAsync(work =>
        {
            work.Outbox.Tell(new Notice(Cause.NewDevice, Guid.NewGuid(), whom.MemberId!.Value, _database.Now(), NoticeFacts.None));
            return Task.FromResult(true);
        });
    }
}
