namespace Diaspora.Bench;

/// <summary>A folder that goes with the one who made it.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("diaspora-bench-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
