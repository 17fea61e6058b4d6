using Bunit;
using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Merging;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Storage;
using Diaspora.Web.Members.Admin.Actions;
using MudBlazor;

namespace Diaspora.Tests.Members;

/// <summary>Before somebody is added it is told who may be the same person, and nothing is forbidden.</summary>
public sealed class AlikeTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private static readonly AlikeMember Rashad = new("12345674", "Алиев Рашад", "+77015550142", "Алматы", HasPhone: false);
    private Actor admin = default!;

    public async ValueTask InitializeAsync()
    {
        admin = await database.AddAdminAsync();
        await using var context = database.Context();
        string[] names = ["Алиев Рашад", "Гасанов Джейхун Тофик оглы", "Али Заде Расул", "Қасымова Ұлвия", "Мамедзаде Эмин", "Ахмед Заде Лейла"];
        foreach (var name in names.Where(name => !context.Members.Any(member => member.FullName == name)))
        {
            await database.AddAsync(name);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("Əliyev Rəşad", "Алиев Рашад")]
    [InlineData("Rashad Aliyev", "Алиев Рашад")]
    [InlineData("Әлиев Рашад Намик оглы", "Алиев Рашад")]
    [InlineData("Həsənov Ceyhun", "Гасанов Джейхун Тофик оглы")]
    [InlineData("HASANOV JEYHUN", "Гасанов Джейхун Тофик оглы")]
    [InlineData("Ализаде Расул", "Али Заде Расул")]
    [InlineData("Мамед Заде Эмин", "Мамедзаде Эмин")]
    [InlineData("Ahmedzade Leyla", "Ахмед Заде Лейла")]
    [InlineData("Касымова Улвия", "Қасымова Ұлвия")]
    [InlineData("Qasımova Ülviyə", "Қасымова Ұлвия")]
    [InlineData("Алиев Самир", "")]
    [InlineData("Алиева Рашад", "")]
    [InlineData("Рашад", "")]
    [InlineData("—", "")]
    [InlineData("", "")]
    public async Task Type_AName_FindsWhoBearsItInAnotherSpelling(string typed, string expected) =>
        Assert.Equal(expected, string.Join(", ", (await database.Get<DuplicateService>().AlikeAsync(admin, typed, "")).Select(member => member.FullName)));

    /// <summary>The list is searched by the same rule: written apart or together, and letters said again and again are nobody's name.</summary>
    [Theory]
    [InlineData("Мамед Заде", "Мамедзаде Эмин")]
    [InlineData("Мамедзаде", "Мамедзаде Эмин")]
    [InlineData("мамедз", "Мамедзаде Эмин")]
    [InlineData("Ахмедзаде", "Ахмед Заде Лейла")]
    [InlineData("Əhmədzadə", "")]
    [InlineData("Али Заде Расул", "Али Заде Расул")]
    [InlineData("Ализаде", "Али Заде Расул")]
    [InlineData("Джейхун", "Гасанов Джейхун Тофик оглы")]
    [InlineData("zzz", "")]
    [InlineData("ааааа", "")]
    public async Task Search_TheList_MeetsWordsWrittenApart(string typed, string expected) =>
        Assert.Equal(expected, string.Join(", ", (await database.Get<MemberService>().PageAsync(admin, new MemberFilter(typed))).Items.Select(row => row.Person.FullName)));

    [Fact]
    public async Task Type_ANumberSomebodyHas_NamesThemFirst()
    {
        var owner = await database.AddAsync("Рзаева Гюнель");
        await using var context = database.Context();
        var phone = context.Members.Single(member => member.Id == owner.MemberId).Phone;

        var found = await database.Get<DuplicateService>().AlikeAsync(admin, "Рашад Алиев", $"8{phone.Value[2..]}");

        Assert.Equal([("Рзаева Гюнель", true), ("Алиев Рашад", false)], found.Select(member => (member.FullName, member.HasPhone)));
    }

    [Fact]
    public async Task Leave_TheName_WarnsBesideTheButtonWithALink_AndTheNextPressAdds()
    {
        await using var screen = new DialogContext();
        List<string> added = [];
        await screen.ShowAsync(Dialog(added, form => form.FullName.Length > 0 ? [Rashad] : []));
        Assert.Empty(screen.Screen.FindAll(".mud-dialog-actions .mud-alert"));

        await screen.Screen.Find("#add-name").ChangeAsync("Rashad Aliyev");

        Assert.Equal(["Похоже, этот человек уже есть:", "Алиев Рашад +7 701 555 01 42 · Алматы"], Warning(screen));
        var link = screen.Screen.Find(".mud-dialog-actions .mud-alert a");
        Assert.Equal(("/admin/members/12345674", "_blank"), (link.GetAttribute("href"), link.GetAttribute("target")));
        Assert.Equal("Всё равно добавить", screen.Screen.Find(".mud-dialog-actions button[type=submit]").TextContent.Trim());
        await screen.SubmitAsync();
        Assert.Equal(["Rashad Aliyev"], added);
    }

    /// <summary>The press that leaves the field comes before anybody could read a warning.</summary>
    [Fact]
    public async Task Press_BeforeTheWarningWasThere_OnlyShowsIt()
    {
        await using var screen = new DialogContext();
        List<string> added = [];
        var isKnown = false;
        await screen.ShowAsync(Dialog(added, _ => isKnown ? [Rashad with { HasPhone = true }] : []));
        await screen.Screen.Find("#add-name").ChangeAsync("Rashad Aliyev");
        isKnown = true;

        await screen.SubmitAsync();
        Assert.Empty(added);
        Assert.Equal("Этот номер уже у участника:", Warning(screen)[0]);
        await screen.SubmitAsync();
        Assert.Equal(["Rashad Aliyev"], added);
    }

    private static string[] Warning(DialogContext screen) =>
        [.. screen.Screen.FindAll(".mud-dialog-actions .mud-alert :is(b, p)").Select(line => string.Join(' ', line.TextContent.Replace('\u00A0', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];

    private static DialogParameters<AddMemberDialog> Dialog(List<string> added, Func<AddMemberForm, IReadOnlyList<AlikeMember>> alike) => new()
    {
        { it => it.JoinedIn, new Period(2026, 5) },
        { it => it.FindAlike, form => Task.FromResult(alike(form)) },
        {
            it => it.Submit, form =>
            {
                added.Add(form.FullName);
                return Task.CompletedTask;
            }
        },
    };
}
