using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Diaspora.Data;
using Diaspora.Data.Demo;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SkiaSharp;

namespace Diaspora.Bench;

/// <summary>
/// The bench's ear in a portal of another process, whichever build that is: it tells the portal's processor time to the microsecond and its heap after a collection,
/// and calls verbs as a page would. A question is a line over a socket, and so is the answer.
/// </summary>
internal sealed class Inside : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    /// <summary>Names the socket to the portal.</summary>
    public const string Door = "DIASPORA_BENCH_DOOR";

    public const string Cpu = "cpu";
    public const string Heap = "heap";
    public const string Allocated = "allocated";
    public const string FillQueue = "fill";
    public const string Decide = "decide";
    public const string FillDesk = "fill the desk";
    public const string Arrive = "arrive";
    public const string Burst = "burst";

    /// <summary>How many claims wait at a desk that has much to do.</summary>
    public const int Claims = 200;

    private readonly TaskCompletionSource<IServiceProvider> _services = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Guid? _intent;
    private Queue<Guid>? _arriving;
    private DateTime? _decidedAt;

    public static void Listen(string door)
    {
        var inside = new Inside();
        DiagnosticListener.AllListeners.Subscribe(inside);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(door));
        socket.Listen();
        _ = Task.Run(() => inside.AnswerAsync(socket));
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting")
        {
            value.Subscribe(this);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: "HostBuilt", Value: IHost host })
        {
            _services.TrySetResult(host.Services);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private async Task AnswerAsync(Socket door)
    {
        while (true)
        {
            using var socket = await door.AcceptAsync();
            await using var stream = new NetworkStream(socket);
            using var reader = new StreamReader(stream);
            await using var writer = new StreamWriter(stream) { AutoFlush = true };
            while (await reader.ReadLineAsync() is { } asked)
            {
                string answer;
                try
                {
                    answer = (await AnswerAsync(asked)).ToString(CultureInfo.InvariantCulture);
                }
                catch (Exception fault)
                {
                    answer = fault.ToString().ReplaceLineEndings(" ");
                }

                await writer.WriteLineAsync(answer);
            }
        }
    }

    private async Task<long> AnswerAsync(string asked) => asked switch
    {
        Cpu => (long)Environment.CpuUsage.TotalTime.TotalMicroseconds,
        Heap => Alive(),
        Allocated => GC.GetTotalAllocatedBytes(precise: true),
        FillQueue => await FillAsync(PaymentFilter.Size + PaymentFilter.Size / 5),
        Decide => await DecideAsync(),
        FillDesk => await FillAsync(Claims),
        Arrive => await ArriveAsync(),
        Burst => await BurstAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(asked), asked, "Nobody knows that question."),
    };

    private static long Alive()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>Members set out to pay a month and say that they did, until so many wait.</summary>
    private async Task<long> FillAsync(int wanted)
    {
        await using var scope = (await _services.Task).CreateAsyncScope();
        var (services, cashier) = (scope.ServiceProvider, await CashierAsync(scope.ServiceProvider));
        await using var context = services.GetRequiredService<IContextFactory>().Create();
        foreach (var id in await context.Members.OrderBy(member => member.Number).Select(member => member.Id).ToListAsync())
        {
            if (await WaitingAsync() >= wanted)
            {
                break;
            }

            var actor = new Actor(id, "127.0.0.1", "bench");
            await PayAsync(services, actor);
        }

        return await WaitingAsync();

        async Task<int> WaitingAsync() => (await services.GetRequiredService<ModerationService>().QueueAsync(cashier, new PaymentFilter())).Figures.Waiting;
    }

    private static int _screens;

    /// <summary>A phone's screen with some letters on it, each another one: the same file twice is asked about.</summary>
    private static byte[] Screen()
    {
        var number = Interlocked.Increment(ref _screens);
        using var bitmap = new SKBitmap(1080, 2340);
        using var canvas = new SKCanvas(bitmap);
        using var black = new SKPaint { Color = SKColors.Black };
        canvas.Clear(SKColors.White);
        for (var line = 0; line < 40; line++)
        {
            canvas.DrawRect(60, 100 + line * 50, 300 + line * 37 * number % 600, 22, black);
        }

        return bitmap.Encode(SKEncodedImageFormat.Jpeg, 85).ToArray();
    }

    private static async Task<bool> PayAsync(IServiceProvider services, Actor actor)
    {
        var (paying, rules) = (services.GetRequiredService<PaymentService>(), services.GetRequiredService<CurrentSettings>().Rules);
        for (var ahead = 0; ahead < 3; ahead++)
        {
            try
            {
                var period = rules.PeriodOf(DateTime.UtcNow).AddMonths(ahead);
                var intent = await paying.StartAsync(actor, new StartPaymentForm { Periods = [period], SeenTotal = rules.FeeOf(period) });
                await paying.AttachReceiptAsync(actor, intent, "чек.jpg", new MemoryStream(Screen()));
                await paying.ClaimAsync(actor, intent);
                return true;
            }
            catch (DomainException)
            {
                // It is paid, or waits already.
            }
        }

        return false;
    }

    /// <summary>One more member pays; those whom the filling began with come last.</summary>
    private async Task<long> ArriveAsync()
    {
        await using var scope = (await _services.Task).CreateAsyncScope();
        if (_arriving is null)
        {
            await using var context = scope.ServiceProvider.GetRequiredService<IContextFactory>().Create();
            _arriving = new Queue<Guid>(await context.Members.OrderByDescending(member => member.Number).Select(member => member.Id).ToListAsync());
        }

        while (_arriving.TryDequeue(out var id))
        {
            if (await PayAsync(scope.ServiceProvider, new Actor(id, "127.0.0.1", "bench")))
            {
                return 1;
            }
        }

        throw new InvalidOperationException("Nobody is left who could pay.");
    }

    /// <summary>Two hundred changes at once, of what stands on the first page.</summary>
    private async Task<long> BurstAsync()
    {
        await using var scope = (await _services.Task).CreateAsyncScope();
        var page = (await scope.ServiceProvider.GetRequiredService<ModerationService>().QueueAsync(await CashierAsync(scope.ServiceProvider), new PaymentFilter())).Page.Items;
        var feed = scope.ServiceProvider.GetRequiredService<IChangeFeed>();
        for (var change = 0; change < Claims; change++)
        {
            feed.Publish(new PaymentsChanged(page[change % page.Count].IntentId, [page[change % page.Count].PayerId]));
        }

        return Claims;
    }

    /// <summary>A payment in the middle of the queue is confirmed, and with the next call pending again.</summary>
    private async Task<long> DecideAsync()
    {
        await using var scope = (await _services.Task).CreateAsyncScope();
        var cashier = await CashierAsync(scope.ServiceProvider);
        var queue = scope.ServiceProvider.GetRequiredService<ModerationService>();
        _intent ??= (await queue.QueueAsync(cashier, new PaymentFilter())).Page.Items[PaymentFilter.Size / 2].IntentId;
        if (_decidedAt is { } at)
        {
            _decidedAt = null;
            await queue.ReopenAsync(cashier, _intent.Value, at);
            return 0;
        }

        _decidedAt = await queue.ConfirmAsync(cashier, _intent.Value);
        return 1;
    }

    private static async Task<Actor> CashierAsync(IServiceProvider services) =>
        new(await services.GetRequiredService<IStore>().ReadAsync(work => work.Members.IdOfAsync(PhoneNumber.Parse(DemoData.Accounts[1].Phone))), "127.0.0.1", "bench");
}
