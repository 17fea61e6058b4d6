using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Diaspora.Domain.Members.Accounts;
using Konscious.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Diaspora.Data.Accounts;

/// <summary>Parameters of Argon2id, from <c>Passwords:…</c>. The defaults are OWASP's.</summary>
public sealed class PasswordOptions
{
    public int MemoryKiB { get; set; } = 19456;

    public int Iterations { get; set; } = 2;

    public int Parallelism { get; set; } = 1;

    /// <summary>How many may wait for a core before the next is refused.</summary>
    public int QueueLength { get; set; } = 32;
}

/// <summary>Argon2id in PHC strings. A hash takes some 20 MiB and a tenth of a second, so only as many run as there are cores.</summary>
internal sealed class Argon2Passwords(IOptions<PasswordOptions> options) : IPasswords, IPasswordHasher<Account>, IDisposable
{
    private const int SaltBytes = 16;
    private const int HashBytes = 32;
    private readonly SemaphoreSlim _cores = new(Environment.ProcessorCount, Environment.ProcessorCount);
    private int _waiting;

    public Task<string> HashAsync(string password, CancellationToken cancel = default) => QueuedAsync(() => Hash(password), cancel);

    public Task<PasswordCheck> VerifyAsync(string? hash, string password, CancellationToken cancel = default) => QueuedAsync(() => Verify(hash, password), cancel);

    /// <summary>What Identity itself calls. The services use the queued calls above.</summary>
    public string HashPassword(Account user, string password) => Hash(password);

    public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword) => Verify(hashedPassword, providedPassword) switch
    {
        PasswordCheck.Right => PasswordVerificationResult.Success,
        PasswordCheck.RightButOld => PasswordVerificationResult.SuccessRehashNeeded,
        _ => PasswordVerificationResult.Failed,
    };

    public void Dispose() => _cores.Dispose();

    private async Task<T> QueuedAsync<T>(Func<T> hash, CancellationToken cancel)
    {
        if (Interlocked.Increment(ref _waiting) > options.Value.QueueLength + Environment.ProcessorCount)
        {
            Interlocked.Decrement(ref _waiting);
            throw new DomainException(Problems.TooManyAttempts);
        }

        try
        {
            await _cores.WaitAsync(cancel);
            try
            {
                return await Task.Run(hash, cancel);
            }
            finally
            {
                _cores.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private string Hash(string password)
    {
        var parameters = new Parameters(options.Value.MemoryKiB, options.Value.Iterations, options.Value.Parallelism);
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return $"$argon2id$v=19${parameters}${Base64(salt)}${Base64(Derive(password, salt, parameters, HashBytes))}";
    }

    private PasswordCheck Verify(string? phc, string password)
    {
        var now = new Parameters(options.Value.MemoryKiB, options.Value.Iterations, options.Value.Parallelism);
        if (phc is null || !TryParse(phc, out var then, out var salt, out var expected))
        {
            // As slow as a real check, so that the time does not tell whether the phone is known.
            _ = Derive(password, new byte[SaltBytes], now, HashBytes);
            return PasswordCheck.Wrong;
        }

        return !CryptographicOperations.FixedTimeEquals(Derive(password, salt, then, expected.Length), expected) ? PasswordCheck.Wrong
            : then.IsWeakerThan(now) ? PasswordCheck.RightButOld
            : PasswordCheck.Right;
    }

    private static byte[] Derive(string password, byte[] salt, Parameters parameters, int length)
    {
        using var argon2 = new Argon2id(Encoding.UTF8.GetBytes(password.Whole(NormalizationForm.FormKC)))
        {
            Salt = salt,
            MemorySize = parameters.MemoryKiB,
            Iterations = parameters.Iterations,
            DegreeOfParallelism = parameters.Parallelism,
        };
        return argon2.GetBytes(length);
    }

    private static bool TryParse(string phc, out Parameters parameters, out byte[] salt, out byte[] hash)
    {
        parameters = default;
        salt = hash = [];
        var parts = phc.Split('$');
        if (parts is not ["", "argon2id", "v=19", var settings, var saltText, var hashText])
        {
            return false;
        }

        var values = settings.Split(',').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => int.Parse(pair[^1], CultureInfo.InvariantCulture));
        parameters = new Parameters(values["m"], values["t"], values["p"]);
        salt = FromBase64(saltText);
        hash = FromBase64(hashText);
        return true;
    }

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[] FromBase64(string text) => Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));

    private readonly record struct Parameters(int MemoryKiB, int Iterations, int Parallelism)
    {
        public bool IsWeakerThan(Parameters other) => MemoryKiB < other.MemoryKiB || Iterations < other.Iterations;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"m={MemoryKiB},t={Iterations},p={Parallelism}");
    }
}
