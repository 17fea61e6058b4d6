using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;

namespace Diaspora.Tests.Payments;

/// <summary>Files that no row came to name.</summary>
public sealed class SweepTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Sweep_WhatWasForgotten_TakesOldFilesWithoutARowAndNothingElse()
    {
        var member = await _database.AddAsync("Алиев Рашад");
        var kept = await _database.AttachAsync(member, await _database.StartAsync(member, "2026-03"), TestPictures.Jpeg(300, 200), "чек.jpg");
        var named = (await _database.Get<PaymentService>().ReceiptAsync(member, kept)).StoredName;
        var old = await StoredAsync();
        var young = await StoredAsync();
        Age(named, TimeSpan.FromDays(400));
        Age(old, TimeSpan.FromHours(48) + TimeSpan.FromMinutes(1));
        Age(young, TimeSpan.FromHours(48) - TimeSpan.FromMinutes(1));

        Assert.Equal(1, await _database.Get<PaymentService>().SweepFilesAsync());

        Assert.Equal((2, 0, 2), (FilesOf(named).Length, FilesOf(old).Length, FilesOf(young).Length));
        Assert.Equal(0, await _database.Get<PaymentService>().SweepFilesAsync());
    }

    /// <summary>The portal was stopped in the middle of an upload.</summary>
    [Fact]
    public async Task Sweep_AHalfWrittenFile_TakesItAway()
    {
        var name = await StoredAsync();
        File.Move(FilesOf(name)[0], Path.Combine(_database.Folder, "receipts", name[..2], name + ".part"), overwrite: true);
        Age(name, TimeSpan.FromDays(3));

        await _database.Get<PaymentService>().SweepFilesAsync();

        Assert.Empty(FilesOf(name));
    }

    /// <summary>What an administrator laid beside is not ours to remove.</summary>
    [Fact]
    public async Task Sweep_AForeignFile_LeavesIt()
    {
        var foreign = Path.Combine(_database.Folder, "receipts", "README.txt");
        await File.WriteAllTextAsync(foreign, "do not touch", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(foreign, Now - TimeSpan.FromDays(30));

        Assert.Equal(0, await _database.Get<PaymentService>().SweepFilesAsync());

        Assert.True(File.Exists(foreign));
    }

    private DateTime Now => _database.Clock.GetUtcNow().UtcDateTime;

    private async Task<string> StoredAsync() => (await _database.Get<IReceiptFiles>().SaveAsync(new MemoryStream(TestPictures.Jpeg(300, 200)))).StoredName;

    private string[] FilesOf(string storedName) => [.. _database.Files().Where(file => Path.GetFileName(file).StartsWith(storedName, StringComparison.Ordinal))];

    private void Age(string storedName, TimeSpan age)
    {
        foreach (var file in FilesOf(storedName))
        {
            File.SetLastWriteTimeUtc(file, Now - age);
        }
    }
}
