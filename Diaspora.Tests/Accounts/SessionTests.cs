using System.Net;
using Diaspora.Data;
using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Diaspora.Tests.Accounts;

/// <summary>A cookie opens what its session opens at this moment, whoever holds a copy of it.</summary>
public sealed class SessionTests(PortalHost portal) : IDisposable
{
    private const string Secret = "верблюд пьёт чай";
    private const string NewSecret = "гранат упал в море";
    private static int s_lastPhone = 3000 + Random.Shared.Next(1000);

    private readonly string _phone = $"+7 702 881 {Interlocked.Increment(ref s_lastPhone)}";
    private readonly Visitor _owner = new(portal);
    private readonly Visitor _other = new(portal);

    public void Dispose()
    {
        _owner.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task SignOut_ThenACopyOfTheCookie_OpensNothing()
    {
        await RegisterAsync();
        using var copy = Copy(_owner);
        await AssertInAsync(copy);
        Assert.Equal(HttpStatusCode.NoContent, (await copy.GetAsync("/auth/seen")).StatusCode);

        Assert.Equal("/", (await _owner.SendAsync("/cabinet")).Location);

        await AssertOutAsync(copy);
        Assert.Equal(HttpStatusCode.Redirect, (await copy.GetAsync("/auth/seen")).StatusCode);
    }

    [Fact]
    public async Task SignOut_OfOneBrowser_LeavesTheOtherSignedIn()
    {
        await RegisterAsync();
        await SignInAsync(_other, Secret);

        await _owner.SendAsync("/cabinet");

        await AssertInAsync(_other);
    }

    [Fact]
    public async Task SignIn_AnewInTheSameBrowser_EndsTheSessionThatItHad()
    {
        await RegisterAsync();
        using var copy = Copy(_owner);
        await ChangeAsync(_owner, Secret, NewSecret);
        await AssertOutAsync(copy);
        Assert.Single(await SessionsAsync());
    }

    [Fact]
    public async Task ChangePassword_KnowingTheOldOne_KeepsThisBrowserAndEndsTheOthers()
    {
        await RegisterAsync();
        await SignInAsync(_other, Secret);

        var answer = await ChangeAsync(_owner, Secret, NewSecret);

        Assert.EndsWith("/cabinet/password?done=true", answer.Location, StringComparison.Ordinal);
        Assert.Contains("Пароль изменён", await _owner.ReadAsync("/cabinet/password?done=true"), StringComparison.Ordinal);
        await AssertInAsync(_owner);
        await AssertOutAsync(_other);
        Assert.Contains("Телефон или пароль не подходят", (await SendSignInAsync(_other, Secret)).Page, StringComparison.Ordinal);
        await SignInAsync(_other, NewSecret);
    }

    [Theory]
    [InlineData("не тот пароль", NewSecret, "Текущий пароль не подходит")]
    [InlineData(Secret, "Рустам-1990", "В пароле ваше имя")]
    [InlineData(Secret, "qwerty12345", "Такой пароль подбирают первым")]
    [InlineData(Secret, Secret, "Это ваш нынешний пароль")]
    public async Task ChangePassword_WithAWrongField_SaysItAndEndsNothing(string old, string chosen, string sentence)
    {
        await RegisterAsync();
        await SignInAsync(_other, Secret);

        Assert.Contains(sentence, (await ChangeAsync(_owner, old, chosen)).Page, StringComparison.Ordinal);

        await AssertInAsync(_owner);
        await AssertInAsync(_other);
    }

    [Fact]
    public async Task Block_AMember_EndsTheirSessionAtTheNextRequest()
    {
        await RegisterAsync();
        await AssertInAsync(_owner);
        await AsAdminAsync((members, admin, id) => members.BlockAsync(admin, id, new BlockMemberForm { Reason = "Двойная запись" }));
        await AssertOutAsync(_owner);

        // Let in again is not signed in again.
        await AsAdminAsync((members, admin, id) => members.UnblockAsync(admin, id));
        await AssertOutAsync(_owner);
    }

    [Fact]
    public async Task Appoint_ToAnotherRoleAndBack_EndsTheSession()
    {
        await RegisterAsync();
        await AssertInAsync(_owner);
        await AsAdminAsync((members, admin, id) => members.AppointAsync(admin, id, new AppointMemberForm { Role = Role.Cashier }));
        await AssertOutAsync(_owner);
        await AsAdminAsync((members, admin, id) => members.AppointAsync(admin, id, new AppointMemberForm { Seen = Role.Cashier, Role = Role.Member }));
        await AssertOutAsync(_owner);
    }

    [Fact]
    public async Task Keep_ASession_HoldsNothingToComeInWith()
    {
        await RegisterAsync();
        var row = Assert.Single(await SessionsAsync());
        Assert.Equal(Session.IdLength, row.Id.Length);
        Assert.DoesNotContain(row.Id, string.Concat(_owner.Cookies.GetAllCookies().Select(cookie => cookie.Value)), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task SignIn_MoreOftenThanAnybodyHasBrowsers_KeepsTheLast()
    {
        await RegisterAsync();
        var store = portal.Services.GetRequiredService<IStore>();
        var (memberId, limits) = ((await SessionsAsync()).Single().MemberId, new Diaspora.Data.Accounts.SessionOptions().Limits);
        for (var count = 0; count < Session.MostPerMember; count++)
        {
            var session = new Session($"{memberId:N}{count:000}".PadRight(Session.IdLength, '0'), memberId, Role.Member, "test", limits, DateTime.UnixEpoch.AddYears(80).AddMinutes(count));
            await store.WriteAsync(async work =>
            {
                await work.Sessions.AddAsync(session);
                return true;
            });
        }

        Assert.Equal(Session.MostPerMember, (await SessionsAsync()).Count);
        await AssertOutAsync(_owner);
    }

    private static async Task AssertInAsync(Visitor visitor) => Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/cabinet")).StatusCode);

    private static async Task AssertOutAsync(Visitor visitor)
    {
        var answer = await visitor.GetAsync("/cabinet");
        Assert.Equal((HttpStatusCode.Redirect, "/auth/login?returnUrl=%2Fcabinet"), (answer.StatusCode, answer.Headers.Location?.ToString()));
    }

    private static Task<Answer> ChangeAsync(Visitor visitor, string old, string chosen) => visitor.SendAsync("/cabinet/password", ("Form.CurrentPassword", old), ("Form.Password", chosen));

    private Visitor Copy(Visitor visitor)
    {
        var copy = new Visitor(portal);
        copy.Cookies.Add(visitor.Cookies.GetAllCookies());
        return copy;
    }

    private async Task RegisterAsync()
    {
        var answer = await _owner.SendAsync("/auth/register", ("Form.FullName", "Гасанов Рустам"), ("Form.Phone", _phone), ("Form.Password", Secret), ("Form.Consent", "true"));
        Assert.EndsWith("/cabinet", answer.Location, StringComparison.Ordinal);
    }

    private Task<Answer> SendSignInAsync(Visitor visitor, string password) => visitor.SendAsync("/auth/login", ("Form.Phone", _phone), ("Form.Password", password));

    private async Task SignInAsync(Visitor visitor, string password) => Assert.EndsWith("/cabinet", (await SendSignInAsync(visitor, password)).Location, StringComparison.Ordinal);

    private async Task<IReadOnlyList<Session>> SessionsAsync()
    {
        await using var context = portal.Services.GetRequiredService<IContextFactory>().Create();
        var id = await MemberIdAsync(_phone);
        return await context.Sessions.AsNoTracking().Where(session => session.MemberId == id).ToListAsync();
    }

    private async Task AsAdminAsync(Func<MemberService, Actor, Guid, Task> act)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var admin = new Actor(await MemberIdAsync(PortalHost.Admin.Phone), null, "test");
        await act(scope.ServiceProvider.GetRequiredService<MemberService>(), admin, await MemberIdAsync(_phone));
    }

    private async Task<Guid> MemberIdAsync(string phone) =>
        (await portal.Services.GetRequiredService<IStore>().ReadAsync(work => work.Members.IdOfAsync(PhoneNumber.Parse(phone))))!.Value;
}
