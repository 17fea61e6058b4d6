using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Components;

namespace Diaspora.Web.Shared.Live;

/// <summary>
/// What a prerendered page carries over to its circuit. A circuit that is sent more than its limit does not open at all and the page
/// stays dead, so what became too large is left behind and the circuit reads it again.
/// </summary>
public static class Carried
{
    /// <summary>Half of what a circuit accepts. Encryption adds a third, and the layout carries something too.</summary>
    public const int MostBytes = 128 * 1024;

    /// <returns>The value while prerendering, if it is small enough; a circuit has nobody to carry it to.</returns>
    public static T? Of<T>(RendererInfo renderer, T value) where T : class =>
        renderer.IsInteractive || JsonSerializer.SerializeToUtf8Bytes(value).Length > MostBytes ? null : value;

    /// <summary>As <see cref="Of"/>, for a list: its lines say mostly the same, so a tenth of the bytes says it too.</summary>
    public static byte[]? Packed<T>(RendererInfo renderer, T value) where T : class
    {
        if (renderer.IsInteractive)
        {
            return null;
        }

        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            JsonSerializer.Serialize(brotli, value);
        }

        return packed.Length > MostBytes ? null : packed.ToArray();
    }

    /// <returns>What was packed; nothing where nothing was carried.</returns>
    public static T? Unpacked<T>(byte[]? packed) where T : class
    {
        if (packed is null)
        {
            return null;
        }

        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<T>(brotli);
    }
}
