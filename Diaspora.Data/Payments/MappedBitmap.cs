using System.IO.MemoryMappedFiles;
using SkiaSharp;

namespace Diaspora.Data.Payments;

/// <summary>
/// Bitmaps whose pixels go back to the system as soon as they are disposed of.
/// On the C library's heap each thread that ever made a picture would keep the memory of its largest one.
/// </summary>
internal static class MappedBitmap
{
    public static SKBitmap Create(SKImageInfo info)
    {
        var memory = MemoryMappedFile.CreateNew(null, info.BytesSize64);
        var view = memory.CreateViewAccessor();
        var bitmap = new SKBitmap();
        try
        {
            if (bitmap.InstallPixels(info, view.SafeMemoryMappedViewHandle.DangerousGetHandle(), info.RowBytes, (_, _) => Release()))
            {
                return bitmap;
            }
        }
        catch
        {
            bitmap.Dispose();
            throw;
        }

        bitmap.Dispose();
        throw new IOException("There is no room for the picture.");

        void Release()
        {
            view.Dispose();
            memory.Dispose();
        }
    }
}
