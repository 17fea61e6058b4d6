namespace Diaspora.Tests.Backups;

/// <summary>A file where the folder of backups should be: none can be made, until it is gone.</summary>
internal sealed class Blocked : IAsyncDisposable
{
    private readonly string _path;
    private readonly string _aside;

    public Blocked(string storage)
    {
        (_path, _aside) = (Path.Combine(storage, "backups"), Path.Combine(storage, "backups-aside"));
        Directory.CreateDirectory(_path);
        Directory.Move(_path, _aside);
        File.WriteAllText(_path, "");
    }

    public void Free()
    {
        if (File.Exists(_path))
        {
            File.Delete(_path);
            Directory.Move(_aside, _path);
        }
    }

    public ValueTask DisposeAsync()
    {
        Free();
        return ValueTask.CompletedTask;
    }
}
