using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Cards;

/// <summary>The section <c>Card</c> of the configuration.</summary>
public sealed class CardOptions
{
    public const string Section = "Card";

    /// <summary>Private keys that cards are signed with, P-256, as PKCS#8 in base64 or PEM. The first signs, the others are still accepted. None: the portal makes its own.</summary>
    public string[] Keys { get; set; } = [];
}

public sealed class CardOptionsValidator : IValidateOptions<CardOptions>
{
    public ValidateOptionsResult Validate(string? name, CardOptions options)
    {
        List<string> faults = [];
        foreach (var (place, text) in options.Keys.Index())
        {
            try
            {
                CardKey.Parse(text);
            }
            catch (Exception fault) when (fault is CryptographicException or FormatException or ArgumentException)
            {
                faults.Add($"{CardOptions.Section}:{nameof(CardOptions.Keys)}:{place} is no private key on P-256: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 makes one.");
            }
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
