using System.Diagnostics;
using System.Globalization;
using Diaspora.Data;
using Diaspora.Domain.Payments;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;

namespace Diaspora.Bench;

/// <summary>A photo from its bytes to the stored picture and thumbnail, alone and four at once, and the memory it takes meanwhile.</summary>
internal static class ReceiptsBench
{
    private const int Runs = 10;
    private const int AtOnce = 4;
    private const double Megabyte = 1024 * 1024;

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("diaspora-bench-").FullName;
        try
        {
            var builder = WebApplication.CreateBuilder([$"--Storage:Directory={folder}", "--Logging:LogLevel:Default=Error"]);
            builder.AddData();
            builder.Services.AddSingleton(TimeProvider.System);
            await using var app = builder.Build();
            app.Services.GetRequiredService<StorageFolders>().Prepare();
            var files = app.Services.GetRequiredService<IReceiptFiles>();
            Figures.Machine();
            Console.WriteLine("| photo | at once | runs | median, ms | slowest, ms | processor each, ms | memory besides, MB |");
            Console.WriteLine("|---|---|---|---|---|---|---|");
            await MeasureAsync(files, "JPEG 4000 × 3000", Photo(4000, 3000));
            await MeasureAsync(files, "JPEG 6000 × 4000", Photo(6000, 4000));
            await MeasureAsync(files, "PNG 4000 × 3500", Screenshot(4000, 3500));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task MeasureAsync(IReceiptFiles files, string what, byte[] photo)
    {
        await SaveAsync(files, photo);
        foreach (var count in (int[])[1, AtOnce])
        {
            GC.Collect();
            var before = Environment.WorkingSet;
            using var memory = new Peak();
            var processor = Environment.CpuUsage.TotalTime;
            List<double> times = [];
            for (var run = 0; run < Runs; run++)
            {
                times.AddRange(await Task.WhenAll(Enumerable.Range(0, count).Select(_ => SaveAsync(files, photo))));
            }

            var each = (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / times.Count;
            times.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {what}, {photo.Length / Megabyte:0.0} MB | {count} | {times.Count} | {times[times.Count / 2]:0} | {times[^1]:0} | {each:0} | {(memory.Highest - before) / Megabyte:0} |"));
        }
    }

    private static async Task<double> SaveAsync(IReceiptFiles files, byte[] photo)
    {
        var start = Stopwatch.GetTimestamp();
        var stored = await files.SaveAsync(new MemoryStream(photo));
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        files.Delete(stored.StoredName);
        return took;
    }

    /// <summary>As much detail as fits into the limit: the slowest to read.</summary>
    private static byte[] Photo(int width, int height)
    {
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        new Random(7).NextBytes(bitmap.GetPixelSpan());
        for (var quality = 90; ; quality -= 10)
        {
            using var photo = bitmap.Encode(SKEncodedImageFormat.Jpeg, quality);
            if (photo.Size <= ReceiptRules.MaxBytes)
            {
                return photo.ToArray();
            }
        }
    }

    private static byte[] Screenshot(int width, int height)
    {
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        bitmap.Erase(SKColors.White);
        return bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray();
    }

    /// <summary>The highest working set since it began.</summary>
    private sealed class Peak : IDisposable
    {
        private readonly Timer _timer;
        private long _highest = Environment.WorkingSet;

        public Peak() => _timer = new Timer(_ => Interlocked.Exchange(ref _highest, Math.Max(_highest, Environment.WorkingSet)), null, 0, 2);

        public long Highest => Interlocked.Read(ref _highest);

        public void Dispose() => _timer.Dispose();
    }
}
