using System.Globalization;
using Diaspora.Domain.Cards;

namespace Diaspora.Data.Cards;

/// <summary>Beside the keys they are sealed with: what has one has the other, portals that share the folder as well as a backup.</summary>
internal sealed class CardKeyFiles(StorageFolders folders) : ICardKeyFiles
{
    private const string Prefix = "card-";
    private const string Ending = ".key";

    public IReadOnlyList<(int Number, byte[] Content)> Read() =>
    [
        .. from path in Directory.EnumerateFiles(folders.Keys, $"{Prefix}*{Ending}")
           let name = Path.GetFileName(path)
           where int.TryParse(name.AsSpan(Prefix.Length..^Ending.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _)
           let number = int.Parse(name.AsSpan(Prefix.Length..^Ending.Length), NumberStyles.None, CultureInfo.InvariantCulture)
           orderby number descending
           select (number, File.ReadAllBytes(path)),
    ];

    public bool Add(int number, byte[] content)
    {
        var path = Path.Combine(folders.Keys, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:D6}{Ending}"));
        var part = $"{path}.{Guid.NewGuid():N}.part";
        using (var file = PrivateFiles.Create(part))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(part, path);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(part);
            return false;
        }
    }
}
