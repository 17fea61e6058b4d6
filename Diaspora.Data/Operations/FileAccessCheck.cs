using System.Runtime.InteropServices;

namespace Diaspora.Data.Operations;

/// <summary>Whether the account the portal runs under may read and write what is there. It asks the system, so that nothing is written to find out.</summary>
internal static class FileAccessCheck
{
    private const int Search = 1;
    private const int Write = 2;
    private const int Read = 4;
    private const int ReadOnlyVolume = 30;

    /// <returns>A sentence; nothing where it may, and on Windows, where the first write tells.</returns>
    public static string? Fault(string path)
    {
        var isFolder = Directory.Exists(path);
        if (OperatingSystem.IsWindows() || (!isFolder && !File.Exists(path)) || Access(path, Read | Write | (isFolder ? Search : 0)) == 0)
        {
            return null;
        }

        return Marshal.GetLastPInvokeError() == ReadOnlyVolume
            ? $"'{path}' lies on a volume that may only be read: mount it writable, or name another folder in Storage:Directory."
            : $"'{path}' may not be read and written by the account the portal runs under ({Environment.UserName}): give it the folder with all that is in it, or name another in Storage:Directory.";
    }

    [DllImport("libc", EntryPoint = "access", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Access([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);
}
