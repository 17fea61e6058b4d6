using System.Diagnostics;
using Diaspora.Domain.Notifications;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Instances;
using Diaspora.Tests.Notifications;
using Microsoft.Data.Sqlite;

namespace Diaspora.Tests.Faults;

/// <summary>The portal is killed again and again between deciding and telling: each message goes once, or is said to be unsure, and none is lost.</summary>
public sealed class KilledMessagesTests(PublishedCopy copy)
{
    /// <summary>On two portals at once, each over a folder of its own: starting is most of it.</summary>
    private const int Portals = 2;

    /// <summary>Of the short form: a busy machine kills less often, and is not taken for a portal that hangs.</summary>
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(40);

    private const string Decided = "SELECT COUNT(*) FROM AuditEntries WHERE Action IN ('PAYMENT_CONFIRMED', 'PAYMENT_REJECTED')";

    private static int Kills => LongForm.Of(few: 6, many: 60);

    [Fact]
    public async Task Kill_BetweenDecidingAndTelling_TellsEachOnceOrSaysThatItIsUnsure()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, Portals).Select(_ => RunAsync(Kills / Portals)));
        Console.WriteLine(
            $"{outcomes.Sum(outcome => outcome.Decisions)} decisions told by mail and push, {outcomes.Sum(outcome => outcome.Sent)} messages sent once, {outcomes.Sum(outcome => outcome.Unsure)} unsure ({outcomes.Sum(outcome => outcome.UnsureThatWent)} of them went), {outcomes.Sum(outcome => outcome.Withdrawn)} withdrawn by an undo");
        LongForm.Say("kill -9 between deciding and telling", outcomes.Sum(outcome => outcome.Kills), outcomes.Sum(outcome => outcome.Decisions), [.. outcomes.SelectMany(outcome => outcome.Lost)], [.. outcomes.SelectMany(outcome => outcome.Doubles)]);
    }

    private async Task<Outcome> RunAsync(int kills)
    {
        var folder = Directory.CreateTempSubdirectory("diaspora-test-").FullName;
        try
        {
            await PortalHost.LayAsync(folder);
            Execute(folder, "UPDATE Members SET Email = 'member' || substr(Phone, 2) || '@example.kz' WHERE Role = 0");
            using var mail = new MailServer();
            mail.Taken = () => Task.Delay(Random.Shared.Next(30));
            await using var push = await PushService.StartAsync();
            var phone = push.Address("");
            Execute(folder, $"INSERT INTO PushDevices (Id, MemberId, Endpoint, Key, Secret, CreatedAt) SELECT Id, Id, '{phone.Endpoint}' || Id, '{phone.Key}', '{phone.Secret}', CreatedAt FROM Members WHERE Role = 0");
            await copy.FolderAsync();
            var (begun, done) = (Stopwatch.GetTimestamp(), 0);
            for (; done < kills && (LongForm.IsAsked || Stopwatch.GetElapsedTime(begun) < Enough); done++)
            {
                await using var killed = await StartAsync(folder, mail, push);
                var decided = Number(folder, Decided);
                await killed.SayAsync(InsideWork.Pay);

                // At any moment from a decision on.
                await Until.TrueAsync(() => Number(folder, Decided) > decided, FactAttribute.SharedPatience);
                await Task.Delay(Random.Shared.Next(150));
                await killed.KillAsync();
            }

            Console.WriteLine($"{done} kills took {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s");
            await using (await StartAsync(folder, mail, push))
            {
                await Until.TrueAsync(() => Number(folder, $"SELECT COUNT(*) FROM Messages WHERE State IN ({(int)MessageState.Waiting}, {(int)MessageState.Sending})") == 0, FactAttribute.SharedPatience);
            }

            return Look(folder, mail, push) with { Kills = done };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<PortalProcess> StartAsync(string folder, MailServer mail, PushService push)
    {
        var portal = new PortalProcess(await copy.FolderAsync(), folder, ["--Backups:Enabled=false", "--Kaspi:Simulator=false", "--Serilog:MinimumLevel:Default=Warning", $"--Notifications:Push:Services:0={push.Origin}", .. mail.Settings], InsideWork.Environment);
        await portal.ListensAsync();
        return portal;
    }

    /// <summary>
    /// Holds what the database says of each message against what came to the mail server. What comes to a phone only its browser can read, so of those is counted: to each member's came all that
    /// were sent, and no more than those and the unsure ones.
    /// </summary>
    private static Outcome Look(string folder, MailServer mail, PushService push)
    {
        var came = mail.Letters.CountBy(letter => letter.MessageId!.Split('@')[0]).ToDictionary(letter => letter.Key, letter => letter.Value);
        var messages = Rows(folder, $"SELECT lower(replace(Id, '-', '')), State FROM Messages WHERE Channel = {(int)Channel.Mail}").Select(row => (Id: row[0], State: Enum.Parse<MessageState>(row[1]), Came: came.GetValueOrDefault(row[0]))).ToList();
        var decisions = Rows(folder, """
            SELECT a.EntityId, COUNT(m.Id) FROM AuditEntries a LEFT JOIN Messages m ON m.AboutId = a.EntityId AND m.OccurredAt = a.CreatedAt
            WHERE a.Action IN ('PAYMENT_CONFIRMED', 'PAYMENT_REJECTED') GROUP BY a.Id
            """);
        var rung = push.Asked.CountBy(asked => asked.Path).ToDictionary(asked => asked.Key, asked => asked.Value);
        var pushes = Rows(folder, $"SELECT MemberId, SUM(State = {(int)MessageState.Sent}), SUM(State = {(int)MessageState.Unsure}), SUM(State = {(int)MessageState.Withdrawn}), COUNT(*) FROM Messages WHERE Channel = {(int)Channel.Push} GROUP BY MemberId")
            .Select(row => (Member: row[0], Sent: Count(row[1]), Unsure: Count(row[2]), Withdrawn: Count(row[3]), All: Count(row[4]), Came: rung.GetValueOrDefault(row[0]))).ToList();
        Console.WriteLine($"{pushes.Sum(phone => phone.Sent)} pushes sent once, {pushes.Sum(phone => phone.Unsure)} unsure ({pushes.Sum(phone => phone.Came - phone.Sent)} of them went)");
        var unsure = messages.Where(message => message.State == MessageState.Unsure).ToList();
        return new Outcome(
            decisions.Count, messages.Count(message => message is { State: MessageState.Sent, Came: 1 }), unsure.Count, unsure.Count(message => message.Came == 1), messages.Count(message => message.State == MessageState.Withdrawn),
            [
                .. decisions.Where(row => row[1] != "2").Select(row => $"the decision of {row[0]} has {row[1]} messages"),
                .. messages.Where(message => message.State is not (MessageState.Sent or MessageState.Unsure or MessageState.Withdrawn) || message is { State: MessageState.Sent, Came: 0 }).Select(message => $"{message.Id} is {message.State} and came {message.Came} times"),
                .. pushes.Where(phone => phone.Came < phone.Sent || phone.Sent + phone.Unsure + phone.Withdrawn < phone.All).Select(phone => $"to the phone of {phone.Member} came {phone.Came} of {phone}"),
            ],
            [
                .. pushes.Where(phone => phone.Came > phone.Sent + phone.Unsure).Select(phone => $"to the phone of {phone.Member} came {phone.Came} of {phone}"),
                .. messages.Where(message => message.Came > 1 || message is { State: MessageState.Withdrawn, Came: > 0 }).Select(message => $"{message.Id} is {message.State} and came {message.Came} times"),
                .. came.Keys.Except(messages.Select(message => message.Id)).Select(id => $"{id} came and is no message"),
            ]);
    }

    private static List<string[]> Rows(string folder, string query) => Ask(folder, query, command =>
    {
        using var reader = command.ExecuteReader();
        List<string[]> rows = [];
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        }

        return rows;
    });

    private static int Count(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static long Number(string folder, string query) => Ask(folder, query, command => (long)command.ExecuteScalar()!);

    private static void Execute(string folder, string statement) => Ask(folder, statement, command => command.ExecuteNonQuery());

    private static T Ask<T>(string folder, string query, Func<SqliteCommand, T> answer)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "diaspora.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return answer(command);
    }

    private sealed record Outcome(int Decisions, int Sent, int Unsure, int UnsureThatWent, int Withdrawn, IReadOnlyList<string> Lost, IReadOnlyList<string> Doubles)
    {
        public int Kills { get; init; }
    }
}
