using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using static Diaspora.Tests.Payments.MoneySetup;
using static Diaspora.Tests.Payments.PaymentSetup;

namespace Diaspora.Tests.Members;

/// <summary>What staff remember of a member.</summary>
public sealed class NotesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private MemberCardService Cards => database.Get<MemberCardService>();

    [Fact]
    public async Task Write_ANote_IsOnTheCardWithItsWriterNewestFirst()
    {
        var member = await database.AddAsync("Алиев Рашад");
        var cashier = await database.AddCashierAsync("Лейла Исмаилова");
        await WriteAsync(cashier, member, "  звонил, оплатит в пятницу ");
        database.Clock.Advance(TimeSpan.FromMinutes(1));
        await WriteAsync(await database.AddAdminAsync(), member, "переехал в Астану");

        var notes = (await database.CardAsync(cashier, member)).Notes;

        Assert.Equal([("переехал в Астану", "Нигяр Керимова"), ("звонил, оплатит в пятницу", "Лейла Исмаилова")], notes.Select(note => (note.Text, note.WrittenBy)));
        Assert.Empty((await database.CardAsync(cashier, await database.AddAsync("Мамедова Севда"))).Notes);
    }

    [Fact]
    public async Task Remove_ANote_LeavesItsTextInTheLog()
    {
        var member = await database.AddAsync("Алиев Рашад");
        var cashier = await database.AddCashierAsync();
        await WriteAsync(cashier, member, "звонил");
        var note = Assert.Single((await database.CardAsync(cashier, member)).Notes);

        await Cards.RemoveNoteAsync(await database.AddCashierAsync("Самир Гасанов"), note.Id);

        var card = await database.CardAsync(cashier, member);
        Assert.Empty(card.Notes);
        Assert.Equal([AuditAction.NoteRemoved, AuditAction.NoteWritten], card.Log.Select(entry => entry.Action));
        Assert.Equal(("Самир Гасанов", """{"Text":"звонил"}"""), (card.Log[0].Actor, card.Log[0].BeforeJson));
        await NotFoundAsync(() => Cards.RemoveNoteAsync(cashier, note.Id));
    }

    [Theory]
    [InlineData(" ", "NoteEmpty")]
    [InlineData(null, "TooLong(1000)")]
    public async Task Write_NothingOrTooMuch_IsRefused(string? text, string problem)
    {
        var member = await database.AddAsync("Алиев Рашад");
        var cashier = await database.AddCashierAsync();
        Assert.Equal(problem, await WrongAsync("Text", () => WriteAsync(cashier, member, text ?? new string('ш', 1001))));
        Assert.Empty((await database.CardAsync(cashier, member)).Notes);
    }

    [Fact]
    public async Task Write_ByAMemberOrAboutNobody_IsRefused()
    {
        var member = await database.AddAsync("Алиев Рашад");
        Assert.Equal(Problems.NotAllowed, (await RefusedAsync(() => WriteAsync(member, member, "я хороший"))).Code);
        var cashier = await database.AddCashierAsync();
        await NotFoundAsync(() => WriteAsync(cashier, new Actor(Guid.NewGuid(), null, null), "кто это"));
    }

    [Fact]
    public async Task Write_TheSameFormTwice_IsOneNote()
    {
        var (cashier, member) = (await database.AddCashierAsync(), await database.AddAsync("Алиев Рашад"));
        var form = new WriteNoteForm { Text = "звонил" };
        await Cards.WriteNoteAsync(cashier, member.MemberId!.Value, form);
        await Cards.WriteNoteAsync(cashier, member.MemberId!.Value, form);
        await using var context = database.Context();
        Assert.Equal(1, context.Notes.Count(note => note.MemberId == member.MemberId));
    }

    private Task WriteAsync(Actor by, Actor about, string text) => Cards.WriteNoteAsync(by, about.MemberId!.Value, new WriteNoteForm { Text = text });
}
