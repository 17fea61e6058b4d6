using Diaspora.Domain.Access;
using Diaspora.Domain.Notifications;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Tests.Notifications;

/// <summary>Texts that an admin edits, on a real file: what is sent from then on, what two admins do to each other, and the way back.</summary>
public sealed class MessageTextTests : IAsyncLifetime
{
    private static readonly MessageTextKey Key = new(Cause.Reminder, Channel.Mail, "ru");

    private readonly TestDatabase _database = new();
    private Actor _admin = null!;

    private MessageTextService Texts => _database.Get<MessageTextService>();

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _admin = await _database.AddAdminAsync();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Edit_AText_IsSaidAtOnceAndByAnotherPortalWhenItHearsOfIt()
    {
        var other = await _database.AnotherAsync();
        await other.Get<MessageTextService>().RefreshAsync();
        var own = Said(_database);
        await EditAsync(form => (form.Title, form.Text) = ("  Взнос:\n{месяцы} ", "Пора платить {сумма}.\r\n\r\n{ссылка}\n"));

        Assert.Equal(new MessageWording("Взнос: {месяцы}", "Пора платить {сумма}.\n\n{ссылка}"), Said(_database));
        Assert.Contains(new MessageTextsChanged(), _database.Feed.Changes);
        Assert.Equal(own, Said(other));
        await other.Get<MessageTextService>().RefreshAsync();
        Assert.Equal(Said(_database), Said(other));

        // The other language is another text.
        Assert.StartsWith("Жарна туралы", _database.Get<CurrentMessageTexts>().Of(Key with { Language = "kk" }).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_BackToThePortalsOwn_KeepsNothingInItsPlace()
    {
        await EditAsync(form => (form.Title, form.Text) = ("Взнос", "Пора платить"));
        Assert.True((await RowAsync()).IsEdited);
        var edited = await DetailsAsync();
        Assert.Equal(("Взнос", "Нигяр Керимова"), (edited.Now.Title, edited.ChangedBy));

        await EditAsync(form => form.Restore(edited.Own));
        Assert.Equal(edited.Own, Said(_database));
        Assert.False((await RowAsync()).IsEdited);
        await using var context = _database.Context();
        var stored = await context.Set<MessageText>().SingleAsync();
        Assert.Equal((null, null, Key.Id), (stored.Title, stored.Text, stored.Id));
    }

    [Fact]
    public async Task Edit_OneField_LeavesTheOtherToThePortal()
    {
        await EditAsync(form => form.Title = "Взнос");
        await using var context = _database.Context();
        Assert.Equal(("Взнос", null), await context.Set<MessageText>().Select(text => new ValueTuple<string?, string?>(text.Title, text.Text)).SingleAsync());
        var entry = await context.AuditEntries.SingleAsync(entry => entry.Action == AuditAction.MessageTextChanged);
        Assert.Equal(("""{"title:Reminder.Mail.ru":"Напоминание о взносе: {месяцы}"}""", """{"title:Reminder.Mail.ru":"Взнос"}"""), (entry.BeforeJson, entry.AfterJson));
    }

    [Fact]
    public async Task Edit_DifferentFieldsAtOnce_KeepsBothAndTheSameOneAsks()
    {
        var colleague = await _database.AddAsync("Самир Гасанов", Role.Admin, joinedOn: null);
        var mine = await FormAsync();
        var third = await FormAsync();
        var theirs = await FormAsync();
        theirs.Title = "Взнос";
        await Texts.EditAsync(colleague, theirs);
        mine.Text = "Пора платить";
        await Texts.EditAsync(_admin, mine);
        Assert.Equal(new MessageWording("Взнос", "Пора платить"), Said(_database));

        third.Title = "Ваш взнос";
        var problem = (await Assert.ThrowsAsync<FormException>(() => Texts.EditAsync(_admin, third))).Problems[nameof(third.Title)]!;
        Assert.Equal([Problems.FieldChangedMeanwhile, "Взнос", "Самир Гасанов"], [problem.Code, problem.Args[0], problem.Args[1]]);
        third.Settle(nameof(third.Title), FieldConflict.TheirsOf(problem), takes: false);
        await Texts.EditAsync(_admin, third);
        Assert.Equal(new MessageWording("Ваш взнос", "Пора платить"), Said(_database));
    }

    [Fact]
    public async Task Edit_TheSameAgain_WritesNothing()
    {
        await Texts.EditAsync(_admin, await FormAsync());
        await using var context = _database.Context();
        Assert.Equal((0, 0), (await context.Set<MessageText>().CountAsync(), await context.AuditEntries.CountAsync(entry => entry.Action == AuditAction.MessageTextChanged)));
    }

    [Theory]
    [InlineData(Cause.Reminder, Channel.WhatsApp, "ru")]
    [InlineData(Cause.ClaimsWaiting, Channel.Sms, "ru")]
    [InlineData(Cause.Reminder, Channel.Mail, "de")]
    [InlineData((Cause)999, Channel.Mail, "ru")]
    public async Task Edit_ATextThatThereIsNot_IsRefused(Cause cause, Channel channel, string language)
    {
        var form = new EditMessageTextForm { Key = new MessageTextKey(cause, channel, language), Title = "Взнос", Text = "Пора платить" };
        Assert.Equal(Problems.NotFound, (await Assert.ThrowsAsync<DomainException>(() => Texts.EditAsync(_admin, form))).Problem.Code);
        if (language == "ru")
        {
            Assert.Equal(Problems.NotFound, (await Assert.ThrowsAsync<DomainException>(() => Texts.DetailsAsync(_admin, cause, channel))).Problem.Code);
        }
    }

    [Fact]
    public async Task Edit_WithAWrongWord_ChangesNothing()
    {
        var problems = (await Assert.ThrowsAsync<FormException>(() => EditAsync(form => form.Text = "{сума}"))).Problems;
        Assert.Equal(Problems.ReminderWordUnknown, problems["Text"]?.Code);
        Assert.Equal((await DetailsAsync()).Own, Said(_database));
    }

    [Fact]
    public async Task List_ForAnAdmin_NamesEveryCauseWithItsChannels()
    {
        var rows = await Texts.ListAsync(_admin);
        Assert.Equal(Enum.GetValues<Cause>(), rows.Select(row => row.Cause).Distinct());
        Assert.Equal([Channel.Mail, Channel.Push], rows.Where(row => row.Cause == Cause.ClaimsWaiting).Select(row => row.Channel).Where(channel => channel <= Channel.Push));
    }

    [Fact]
    public async Task Use_ReadingsThatEndInAnotherOrder_KeepsTheOneThatBeganLast()
    {
        await EditAsync(form => form.Title = "Взнос");
        await using var context = _database.Context();
        var stored = await context.Set<MessageText>().ToListAsync();
        var texts = new CurrentMessageTexts(_database.Get<IOwnTexts>());
        var (first, second) = (texts.Begin(), texts.Begin());
        texts.Use(second, stored);
        texts.Use(first, []);
        Assert.Equal("Взнос", texts.Of(Key).Title);
    }

    private static MessageWording Said(TestDatabase portal) => portal.Get<CurrentMessageTexts>().Of(Key);

    private async Task<MessageTextDetails> DetailsAsync() => (await Texts.DetailsAsync(_admin, Key.Cause, Key.Channel)).Single(text => text.Key == Key);

    private async Task<MessageTextRow> RowAsync() => (await Texts.ListAsync(_admin)).Single(row => row.Cause == Key.Cause && row.Channel == Key.Channel);

    private async Task<EditMessageTextForm> FormAsync() => EditMessageTextForm.Of(await DetailsAsync());

    private async Task EditAsync(Action<EditMessageTextForm> change)
    {
        var form = await FormAsync();
        change(form);
        await Texts.EditAsync(_admin, form);
    }
}
