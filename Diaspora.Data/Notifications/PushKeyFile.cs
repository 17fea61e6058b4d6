using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Diaspora.Domain.Notifications;
using Microsoft.AspNetCore.DataProtection;

namespace Diaspora.Data.Notifications;

/// <summary>
/// Lies among the keys of data protection and is sealed by them, so it is the same at each start and for all instances. One that cannot be opened any more is replaced: browsers then
/// have to be switched on again.
/// </summary>
internal sealed class PushKeyFile(StorageFolders folders, IDataProtectionProvider protection) : IPushKeys
{
    private readonly IDataProtector _protector = protection.CreateProtector("Notifications.PushKeys.v1");

    private string File => Path.Combine(folders.Keys, "push.key");

    public PushKey? Kept()
    {
        try
        {
            return Read() ?? Make();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Another instance may have made it at this moment; else the folder is not ours to write to.
            return Again();
        }
    }

    private PushKey? Again()
    {
        try
        {
            return Read();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private PushKey Make()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var numbers = pair.ExportParameters(includePrivateParameters: true);
        var key = new PushKey(Base64Url.EncodeToString((byte[])[4, .. numbers.Q.X!, .. numbers.Q.Y!]), Base64Url.EncodeToString(numbers.D!));
        using var file = PrivateFiles.Create(File);
        file.Write(_protector.Protect(JsonSerializer.SerializeToUtf8Bytes(key)));
        return key;
    }

    private PushKey? Read()
    {
        try
        {
            return System.IO.File.Exists(File) ? JsonSerializer.Deserialize<PushKey>(_protector.Unprotect(System.IO.File.ReadAllBytes(File))) : null;
        }
        catch (CryptographicException)
        {
            System.IO.File.Delete(File);
            return null;
        }
    }
}
