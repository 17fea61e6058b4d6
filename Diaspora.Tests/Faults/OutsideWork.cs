using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Diaspora.Data.Demo;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Payments;

namespace Diaspora.Tests.Faults;

/// <summary>A file that was answered as taken.</summary>
internal sealed record TakenFile(Guid Receipt, string Sha256);

/// <summary>People who register, pay, send receipts and lists over plain requests without end; and what they were answered. It goes on over the next portal where the last one was killed.</summary>
internal sealed partial class OutsideWork
{
    public const int RowsOfImport = 20;
    public const int MonthsOfImport = 2;
    private const string Secret = "верблюд пьёт чай";
    private static int _lastPhone;
    private CookieContainer? _admin;
    private CookieContainer? _cashier;

    public ConcurrentBag<Note> Notes { get; } = [];

    public ConcurrentBag<TakenFile> Files { get; } = [];

    /// <summary>Of those who were registered.</summary>
    public ConcurrentBag<string> Phones { get; } = [];

    /// <summary>The lists that were taken, with the phones in them.</summary>
    public ConcurrentDictionary<Guid, string[]> Imports { get; } = [];

    public int Count => Notes.Count + Files.Count + Phones.Count + Imports.Count;

    /// <summary>Until the portal answers no more.</summary>
    public async Task WorkAsync(Uri portal, CancellationToken cancel)
    {
        using var admin = await EnterAsync(portal, PortalHost.Admin, _admin);
        using var cashier = await EnterAsync(portal, PortalHost.Cashier, _cashier);
        (_admin, _cashier) = (admin.Cookies, cashier.Cookies);
        await Task.WhenAll(
            WithoutEndAsync(() => JoinAsync(portal), cancel),
            WithoutEndAsync(() => JoinAsync(portal), cancel),
            WithoutEndAsync(() => SendPapersAsync(cashier), cancel),
            WithoutEndAsync(() => SendListAsync(admin), cancel));
    }

    /// <summary>Who is signed in stays so, whatever happened to the portal meanwhile.</summary>
    private static async Task<Visitor> EnterAsync(Uri portal, DemoAccount who, CookieContainer? cookies)
    {
        var visitor = new Visitor(portal);
        if (cookies is null)
        {
            // A portal that is too busy to write says so, and people press again.
            while ((await visitor.SendAsync("/admin/login", ("Form.Phone", who.Phone), ("Form.Password", who.Password))).Status is var answer && answer != HttpStatusCode.Redirect)
            {
                Assert.Equal(HttpStatusCode.OK, answer);
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            }

            return visitor;
        }

        cookies.GetAllCookies().ToList().ForEach(visitor.Cookies.Add);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/admin/payments")).StatusCode);
        return visitor;
    }

    private static async Task WithoutEndAsync(Func<Task> act, CancellationToken cancel)
    {
        try
        {
            while (!cancel.IsCancellationRequested)
            {
                await act();
                await Task.Delay(InsideWork.Pace, CancellationToken.None);
            }
        }
        catch (HttpRequestException)
        {
            // The portal was killed.
        }
        catch (IOException)
        {
            // In the middle of an answer.
        }
    }

    /// <summary>Registers, begins to pay a month, says so, and sends the receipt.</summary>
    private async Task JoinAsync(Uri portal)
    {
        var phone = $"+7705{Interlocked.Increment(ref _lastPhone):0000000}";
        using var visitor = new Visitor(portal);
        var registered = await visitor.SendAsync("/auth/register", ("Form.FullName", "Гасанов Рустам"), ("Form.Phone", phone), ("Form.Password", Secret), ("Form.Consent", "true"));
        if (registered.Location is null)
        {
            return;
        }

        Phones.Add(phone);
        var page = await visitor.ReadAsync("/cabinet/pay?all=true");
        var seen = Seen().Match(page).Groups["seen"].Value;
        var hidden = Visitor.FormOf(page, "/cabinet/pay").Hidden;
        hidden["seen"] = seen;
        var started = await visitor.SendAsync(("/cabinet/pay/start", hidden), ("months", seen.Split(':')[0]));
        if (started.Location?.Split('/') is not [.., var last] || !Guid.TryParse(last, out var intent))
        {
            return;
        }

        Notes.Add(new Note(true, AuditAction.PaymentCreated, intent));
        Notes.Add(new Note(false, AuditAction.PaymentClaimed, intent));
        if ((await visitor.SendAsync(($"/cabinet/pay/{intent}/claim", hidden))).Status == HttpStatusCode.Redirect)
        {
            Notes.Add(new Note(true, AuditAction.PaymentClaimed, intent));
        }

        await SendAsync(visitor, $"/cabinet/pay/{intent}", Encoding.ASCII.GetBytes($"%PDF-1.4\n% {Guid.NewGuid()} {new string('x', Random.Shared.Next(200_000))}\n%%EOF\n"));
    }

    /// <summary>A cashier's papers: pictures, which are made anew.</summary>
    private async Task SendPapersAsync(Visitor cashier)
    {
        if (Notes.Where(note => note is { IsDone: true, Verb: AuditAction.PaymentCreated }).Select(note => note.About).ToArray() is { Length: > 0 } intents)
        {
            await SendAsync(cashier, $"/admin/payments/{Random.Shared.GetItems(intents, 1)[0]}", [.. TestPictures.Jpeg(Random.Shared.Next(100, 900), Random.Shared.Next(100, 900))]);
        }
        else
        {
            await cashier.GetAsync("/health/live");
        }
    }

    private async Task SendAsync(Visitor visitor, string page, byte[] file)
    {
        visitor.Headers.Accept.Clear();
        var form = await visitor.FormAsync("/cabinet");
        visitor.Headers.Accept.ParseAdd("application/json");
        using var answer = await visitor.UploadAsync(form, $"{page}/receipts", "files", ("чек", file));
        visitor.Headers.Accept.Clear();
        var told = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        foreach (var taken in told.GetProperty("taken").EnumerateArray())
        {
            Files.Add(new TakenFile(Guid.Parse(taken.GetProperty("url").GetString()!.Split('/')[^1]), Convert.ToHexStringLower(SHA256.HashData(file))));
        }
    }

    private async Task SendListAsync(Visitor admin)
    {
        var phones = Enumerable.Range(0, RowsOfImport).Select(_ => $"+7706{Interlocked.Increment(ref _lastPhone):0000000}").ToArray();
        var rows = phones.Select((phone, index) => $"Алиев Рашад {(char)('А' + index)}еримович,{phone},да,да");
        var csv = string.Join("\r\n", [$"ФИО,Телефон,{DateTime.UtcNow.AddMonths(-1):yyyy-MM},{DateTime.UtcNow.AddMonths(-2):yyyy-MM}", .. rows]);
        using var answer = await admin.UploadAsync(await admin.FormAsync("/admin/members/import"), "/admin/members/import/file", "file", ("list.csv", Encoding.UTF8.GetBytes(csv)));
        if (answer.Headers.Location?.ToString().Split('/') is [.., var last] && Guid.TryParse(last, out var import))
        {
            Imports[import] = phones;
        }
    }

    [GeneratedRegex("""name="seen" value="(?<seen>[^"]+)""")]
    private static partial Regex Seen();
}
