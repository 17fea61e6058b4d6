using System.Security.Cryptography;
using System.Text;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Microsoft.AspNetCore.DataProtection;

namespace Diaspora.Data.Accounts;

/// <summary>
/// A keyed hash: without the key nobody finds the phone by trying all numbers. The key is made once, lies among the keys of data protection and is sealed by
/// them, so it is the same at each start and for all instances. One that cannot be opened any more is replaced: names in old lines stay what they are.
/// </summary>
internal sealed class PhoneNames(StorageFolders folders, IDataProtectionProvider protection) : IPhoneNames
{
    private const int KeyBytes = 32;
    private const int NameBytes = 16;

    private readonly IDataProtector _protector = protection.CreateProtector("Accounts.PhoneNames.v1");
    private readonly Lock _turn = new();
    private byte[]? _key;

    public Guid NameOf(PhoneNumber phone)
    {
        lock (_turn)
        {
            _key ??= Known();
        }

        return new Guid(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(phone.Value)).AsSpan(0, NameBytes));
    }

    private string File => Path.Combine(folders.Keys, "phone-names.key");

    private byte[] Known()
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        try
        {
            if (Read() is { } kept)
            {
                return kept;
            }

            using var file = PrivateFiles.Create(File);
            file.Write(_protector.Protect(key));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Nobody is kept out because of a name in the log: it holds until the portal stops.
        }

        return key;
    }

    /// <summary>Takes away what cannot be opened any more. What cannot be read is left: it may be read at the next start.</summary>
    private byte[]? Read()
    {
        try
        {
            return System.IO.File.Exists(File) ? _protector.Unprotect(System.IO.File.ReadAllBytes(File)) : null;
        }
        catch (CryptographicException)
        {
            System.IO.File.Delete(File);
            return null;
        }
    }
}
