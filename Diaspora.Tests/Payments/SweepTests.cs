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

        Assert.Equal(1, await _database.Get<ReceiptSweepService>().SweepAsync());

        Assert.Equal((2, 0, 2), (FilesOf(named).Length, FilesOf(old).Length, FilesOf(young).Length));
        Assert.Equal(0, await _database.Get<ReceiptSweepService>().SweepAsync());
    }

    /// <summary>The portal was stopped in the middle of an upload.</summary>
    [Fact]
    public async Task Sweep_AHalfWrittenFile_TakesItAway()
    {
        var name = await StoredAsync();
        File.Move(FilesOf(name)[0], Path.Combine(_database.Folder, "receipts", name[..2], name + ".part"), overwrite: true);
        Age(name, TimeSpan.FromDays(3));

        await _database.Get<ReceiptSweepService>().SweepAsync();

        Assert.Empty(FilesOf(name));
    }

    /// <summary>What an administrator laid beside is not ours to remove.</summary>
    [Fact]
    public async Task Sweep_AForeignFile_LeavesIt()
    {
        var foreign = Path.Combine(_database.Folder, "receipts", "README.txt");
        await File.WriteAllTextAsync(foreign, "do not touch", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(foreign, Now - TimeSpan.FromDays(30));

        Assert.Equal(0, await _database.Get<ReceiptSweepService>().SweepAsync());

        Assert.True(File.Exists(foreign));
    }

    [Fact]
    public async Task Sweep_AFileWithoutARow_LiesAsideForAMonthAndThenGoes()
    {
        var name = await StoredAsync();
        Age(name, TimeSpan.FromDays(3));
        await SweepAsync();
        Assert.Empty(FilesOf(name));
        Assert.Equal(2, AsideOf(name).Length);

        _database.Clock.Advance(ReceiptRules.StaysAside);
        await SweepAsync();
        Assert.Equal(2, AsideOf(name).Length);

        _database.Clock.Advance(TimeSpan.FromSeconds(1));
        await SweepAsync();
        Assert.Empty(AsideOf(name));
    }

    /// <summary>The database that knows the file is there again.</summary>
    [Fact]
    public async Task Sweep_AFileAsideThatARowNamesAfterAll_ComesBack()
    {
        var member = await _database.AddAsync("Алиев Рашад");
        var receiptId = await _database.AttachAsync(member, await _database.StartAsync(member, "2026-03"), TestPictures.Jpeg(300, 200), "чек.jpg");
        var name = (await _database.Get<PaymentService>().ReceiptAsync(member, receiptId)).StoredName;
        _database.Get<IReceiptFiles>().SetAside(name, Now);
        Assert.Empty(FilesOf(name));

        _database.Clock.Advance(ReceiptRules.StaysAside * 2);
        await SweepAsync();

        Assert.Empty(AsideOf(name));
        await using var file = _database.Get<IReceiptFiles>().Open(name);
        Assert.True(file.Length > 0);
    }

    [Theory]
    [InlineData(5, 5, 0)]
    [InlineData(6, 6, 6)]
    [InlineData(6, 119, 6)]
    [InlineData(6, 120, 0)]
    [InlineData(7, 139, 7)]
    public void Delete_ManyAtOnce_IsHeldUntilTheFiguresAreRightAgain(int going, int all, int held)
    {
        var brake = new DeletionBrake(_database.Clock);
        Assert.Equal(held == 0, brake.Lets(DeletedThing.Receipts, going, all));
        Assert.Equal(held, brake.Held.Sum(deletion => deletion.Going));
        Assert.True(brake.Lets(DeletedThing.Receipts, 0, all));
        Assert.Empty(brake.Held);
    }

    private Task<int> SweepAsync() => _database.Get<ReceiptSweepService>().SweepAsync();

    private string[] AsideOf(string storedName) => Directory.GetFiles(Path.Combine(_database.Folder, "receipts-aside"), storedName + "*");

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
