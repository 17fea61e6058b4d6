using Diaspora.Data;
using Diaspora.Data.Operations;

namespace Diaspora.Tests.Storage;

/// <summary>What a folder remembers of its database, and when what is found now is not that.</summary>
public sealed class DatabaseMarkerTests
{
    private static readonly Guid Own = Guid.NewGuid();
    private static readonly DatabaseMemory Lived = new(Own, "20260101000000_Last", Members: 300, Payments: 5000, LastEntry: 812, DateTime.UnixEpoch);

    [Theory]
    [InlineData(DatabaseDoubt.None, 300, 5000, 812)]
    [InlineData(DatabaseDoubt.None, 301, 5007, 830)]
    [InlineData(DatabaseDoubt.None, 40, 90, 815)] // an import was undone, and the log says so
    [InlineData(DatabaseDoubt.Empty, 0, 0, 0)]
    [InlineData(DatabaseDoubt.Empty, 0, 0, 900)]
    [InlineData(DatabaseDoubt.Older, 300, 5000, 811)]
    [InlineData(DatabaseDoubt.Older, 310, 6000, 5)]
    [InlineData(DatabaseDoubt.Emptied, 299, 5000, 812)]
    [InlineData(DatabaseDoubt.Emptied, 300, 4999, 812)]
    public void Find_OnesOwnDatabase_IsDoubtedWhereSomethingIsGone(DatabaseDoubt doubt, int members, int payments, long lastEntry) =>
        Assert.Equal(doubt, Lived.Doubts(new FoundDatabase(IsThere: true, Own, "20260101000000_Last", members, payments, lastEntry, HasAdmin: true)));

    [Fact]
    public void Find_NoneOrAnother_IsDoubted()
    {
        Assert.Equal(DatabaseDoubt.Missing, Lived.Doubts(FoundDatabase.Nothing));
        Assert.Equal(DatabaseDoubt.Another, Lived.Doubts(new FoundDatabase(IsThere: true, Guid.NewGuid(), null, 900, 9000, 9000, HasAdmin: true)));

        // A copy from before databases had ids.
        Assert.Equal(DatabaseDoubt.Older, Lived.Doubts(new FoundDatabase(IsThere: true, null, null, 200, 3000, 500, HasAdmin: true)));
    }

    [Fact]
    public void Find_AnythingWhereNobodyWasAMember_IsFine() =>
        Assert.Equal(DatabaseDoubt.None, (Lived with { Members = 0, Payments = 0 }).Doubts(FoundDatabase.Nothing));

    [Fact]
    public void Write_AndRead_IsTheSameForTheOwnerAlone()
    {
        var folders = new StorageFolders(Directory.CreateTempSubdirectory("diaspora-test-").FullName);
        folders.Prepare();
        var marker = new DatabaseMarker(folders);
        Assert.Null(marker.Read());

        marker.Write(Lived with { Members = 1 });
        marker.Write(Lived);

        Assert.Equal(Lived, marker.Read());
        Assert.Equal([marker.Path], Directory.EnumerateFiles(folders.Keys));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(marker.Path));
        }

        File.WriteAllText(marker.Path, "{ half");
        Assert.Throws<IOException>(marker.Read);
        marker.Remove();
        Assert.Null(marker.Read());
        Directory.Delete(folders.Root, recursive: true);
    }
}
