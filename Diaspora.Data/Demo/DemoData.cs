using Diaspora.Data.Accounts;
using Diaspora.Domain.Access;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Demo;

/// <summary>An account the start prints.</summary>
/// <param name="About">Who it is, for the one who tries the portal.</param>
public sealed record DemoAccount(string About, string Phone, string Password);

/// <summary>
/// In Development an empty database gets an admin, a cashier and 300 members with two years of history: the same people and habits
/// on every run, with dates that end today.
/// </summary>
public sealed class DemoData(IContextFactory contexts, IPasswords passwords, AccountManagers accounts, IReceiptFiles files, CurrentSettings settings, TimeProvider clock)
{
    public const int Members = 300;
    public const int Months = 24;
    private const string Password = "nar-va-alma-26";
    private const int NeverSignedIn = Members - 1;
    private const int Seed = 20_260_208;

    public static IReadOnlyList<DemoAccount> Accounts { get; } =
    [
        new("admin", "+77010000001", Password),
        new("cashier", "+77010000002", Password),
        new("member, owes months", "+77010000101", Password),
        new("member, all paid", "+77010000102", Password),
        new("member, new", "+77010000103", Password),
    ];

    /// <returns>Whether the database was empty and has demo data now.</returns>
    public async Task<bool> SeedAsync(CancellationToken cancel = default)
    {
        await using var strategy = contexts.Create();
        return await strategy.Database.CreateExecutionStrategy().ExecuteAsync(cancel, SeedOnceAsync);
    }

    private async Task<bool> SeedOnceAsync(CancellationToken cancel)
    {
        await using var context = contexts.Create();
        if (await context.Members.AnyAsync(cancel))
        {
            return false;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var dice = new Random(Seed);
        var current = settings.Rules.PeriodOf(now);
        await using var transaction = await context.Database.BeginTransactionAsync(cancel);
        var admin = Staff(1, "Нигяр Керимова", Accounts[0].Phone, Role.Admin, now);
        var cashier = Staff(2, "Лейла Исмаилова", Accounts[1].Phone, Role.Cashier, now);
        context.Members.AddRange(admin, cashier);
        var history = new DemoHistory(settings.Rules, dice, now, cashier.Id);
        List<Member> members = [];
        List<PaymentIntent> intents = [];
        for (var index = 0; index < Members; index++)
        {
            var habit = HabitOf(index, dice);
            var member = Person(index, habit, current, now, dice, admin.Id);
            members.Add(member);
            context.Members.Add(member);
            foreach (var intent in history.Of(member, habit))
            {
                context.Intents.Add(intent);
                intents.Add(intent);
                await AttachAsync(intent, member.Id, cancel);
            }
        }

        // These papers say nothing that can be read, and nobody need try it at each first start.
        context.ReceiptReadings.AddRange(intents.SelectMany(intent => intent.Receipts).Select(receipt => new ReceiptReading(receipt.Id, null, now)));
        new DemoLedger(context, settings.Rules, now, cashier.Id).Tell(members, intents);
        await context.SaveChangesAsync(cancel);
        var hash = await passwords.HashAsync(Password, cancel);
        context.Users.Add(Account.WithoutPassword(members[NeverSignedIn]));
        await AddAccountsAsync(context, [admin, cashier, .. members.Where((_, index) => index != NeverSignedIn)], hash);
        await AskToGetInAsync(context, members[NeverSignedIn], hash, now, cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>Came with the association's list, and has just registered with the same phone.</summary>
    private static Task AskToGetInAsync(DiasporaDbContext context, Member member, string hash, DateTime now, CancellationToken cancel)
    {
        var form = new RegisterForm { FullName = member.FullName, Phone = member.Phone.Value, Email = "menden@example.org", City = member.City ?? "" };
        context.Registrations.Add(new RegistrationRequest(RegistrationTicket.New(), member.Id, form, hash, member.Language, RegistrationService.ConsentVersion, now.AddMinutes(-40)));
        return context.SaveChangesAsync(cancel);
    }

    /// <summary>Who waits for the cashier has mostly sent a receipt.</summary>
    private async Task AttachAsync(PaymentIntent intent, Guid memberId, CancellationToken cancel)
    {
        if (intent is { IsPending: true, ClaimedAt: { } claimedAt } && intent.Code[^1] % 4 != 0)
        {
            await using var content = DemoReceipt.For(intent);
            intent.Attach("kaspi.pdf", await files.SaveAsync(content, cancel), memberId, claimedAt);
        }
    }

    private static DemoHistory.Habit HabitOf(int index, Random dice) => index switch
    {
        0 => DemoHistory.Habit.Debtor,
        1 => DemoHistory.Habit.Ahead,
        2 => DemoHistory.Habit.New,
        _ => dice.Next(100) switch
        {
            < 64 => DemoHistory.Habit.Steady,
            < 78 => DemoHistory.Habit.Ahead,
            < 91 => DemoHistory.Habit.Debtor,
            < 96 => DemoHistory.Habit.Waiting,
            _ => DemoHistory.Habit.New,
        },
    };

    private static Member Staff(int number, string name, string phone, Role role, DateTime now) =>
        new(MemberNumber.FromBody(MemberNumber.First + number), name, PhoneNumber.FromCanonical(phone), role, null, now.AddMonths(-Months));

    private Member Person(int index, DemoHistory.Habit habit, Period current, DateTime now, Random dice, Guid adminId)
    {
        var isWoman = dice.Next(2) == 0;
        var surname = DemoPeople.Surnames[dice.Next(DemoPeople.Surnames.Length)];
        var given = isWoman ? DemoPeople.FemaleNames : DemoPeople.MaleNames;
        var patronymic = DemoPeople.Patronymics[dice.Next(DemoPeople.Patronymics.Length)];
        var name = $"{(isWoman ? surname.Female : surname.Male)} {given[dice.Next(given.Length)]}{(dice.Next(3) == 0 ? $" {(isWoman ? patronymic.Female : patronymic.Male)}" : "")}";
        var isAbroad = dice.Next(20) == 0;
        var phone = index < Accounts.Count - 2 ? Accounts[index + 2].Phone
            : isAbroad ? $"+99450{5_550_000 + index * 7}"
            : $"+7{DemoPeople.MobileCodes[dice.Next(DemoPeople.MobileCodes.Length)]}{5_550_000 + index * 13}";
        var months = habit == DemoHistory.Habit.New ? 0 : dice.Next(4) == 0 ? 1 + dice.Next(Months - 1) : Months - 1;
        var today = settings.Rules.DayOf(now);
        var joined = months == 0 ? today.AddDays(-dice.Next(Math.Min(today.Day, 5))) : current.AddMonths(-months).FirstDay.AddDays(dice.Next(20));
        var member = new Member(
            MemberNumber.FromBody(MemberNumber.First + 4_000 + index * 28_111), name, PhoneNumber.FromCanonical(phone), Role.Member, joined,
            months == 0 ? now.AddHours(-3 - index % 5) : TimeZoneInfo.ConvertTimeToUtc(joined.ToDateTime(new TimeOnly(11, 20)), settings.Rules.Zone));
        member.Edit(name, member.Phone, dice.Next(3) == 0 ? $"member{index}@example.org" : null, DemoPeople.Cities[dice.Next(DemoPeople.Cities.Length)], member.CreatedAt);
        if (index != NeverSignedIn)
        {
            member.Consent(RegistrationService.ConsentVersion, member.CreatedAt);
        }

        Fate(member, index, months, current, now, dice, adminId);
        return member;
    }

    /// <summary>A few are exempt, suspended or blocked.</summary>
    private static void Fate(Member member, int index, int months, Period current, DateTime now, Random dice, Guid adminId)
    {
        if (index < Accounts.Count || months < 8)
        {
            return;
        }

        switch (dice.Next(40))
        {
            case 0:
                member.Exempt(current.AddMonths(-dice.Next(6)), current.AddMonths(2 + dice.Next(4)), DemoPeople.ExemptionReasons[dice.Next(DemoPeople.ExemptionReasons.Length)], adminId, now.AddMonths(-6));
                break;
            case 1:
                member.Suspend(current.AddMonths(-2), dice.Next(2) == 0 ? null : current.AddMonths(3), "Уехал(а) за границу", adminId, now.AddMonths(-2));
                break;
            case 2:
                member.Block("Номер передан другому человеку", now.AddDays(-20));
                break;
            default:
                break;
        }
    }

    /// <summary>One hash for all, because three hundred would take a minute of the first start.</summary>
    private async Task AddAccountsAsync(DiasporaDbContext context, IEnumerable<Member> members, string hash)
    {
        using var manager = accounts.Over(context);
        var normalizer = manager.NormalizeName;
        context.Users.AddRange(members.Select(member => new Account
        {
            Id = member.Id,
            UserName = member.Phone.Value,
            NormalizedUserName = normalizer(member.Phone.Value),
            PasswordHash = hash,
            SecurityStamp = manager.GenerateNewAuthenticatorKey(),
        }));
        await context.SaveChangesAsync();
    }
}
