using System.Buffers.Binary;
using System.Security.Cryptography;
using Diaspora.Domain.Cards;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Cards;

/// <summary>
/// The keys of cards: those of the configuration, else the portal's own, sealed with its data-protection keys. An own one signs for half a year, then there is a new one;
/// it is accepted until the last code it signed has ended. A file that is taken away is a key withdrawn.
/// </summary>
public sealed class CardKeys
{
    public static readonly TimeSpan SignsFor = TimeSpan.FromDays(180);

    private const int DateBytes = 8;

    /// <summary>Another portal may have made one, or somebody may have taken one away.</summary>
    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromMinutes(1);

    /// <summary>Anybody can name a key that nobody has.</summary>
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly ICardKeyFiles _files;
    private readonly IDataProtector _protector;
    private readonly TimeProvider _clock;
    private readonly ILogger<CardKeys> _log;
    private readonly CardKey[] _configured;
    private readonly HashSet<int> _unreadable = [];
    private IReadOnlyList<CardKey> _known = [];
    private long _readAt;

    public CardKeys(ICardKeyFiles files, IDataProtectionProvider protection, IOptions<CardOptions> options, TimeProvider clock, ILogger<CardKeys> log)
    {
        (_files, _clock, _log) = (files, clock, log);
        _protector = protection.CreateProtector("Cards.CardKeys.v1");
        _configured = [.. options.Value.Keys.Select(CardKey.Parse)];
    }

    /// <summary>All that are accepted, the one that signs first.</summary>
    public IReadOnlyList<CardKey> All => Known(ReadAgainAfter);

    public CardKey? Find(string id) => Of(All, id) ?? Of(Known(AskAgainAfter), id);

    private static CardKey? Of(IReadOnlyList<CardKey> keys, string id) => keys.FirstOrDefault(key => key.Id == id);

    private IReadOnlyList<CardKey> Known(TimeSpan age)
    {
        if (_configured.Length > 0)
        {
            return _configured;
        }

        lock (_lock)
        {
            if (_known.Count == 0 || _clock.GetElapsedTime(_readAt) >= age)
            {
                _known = Read();
                _readAt = _clock.GetTimestamp();
            }

            return _known;
        }
    }

    private List<CardKey> Read()
    {
        var now = _clock.GetUtcNow();
        var stored = Stored();
        var newest = stored.FirstOrDefault();
        if (newest.Key is null || newest.MadeAt + SignsFor <= now)
        {
            var content = new byte[DateBytes];
            BinaryPrimitives.WriteInt64BigEndian(content, now.ToUnixTimeSeconds());

            // Numbers go on after those that cannot be opened. Where another portal was quicker, its key is taken.
            _files.Add(_files.Read().Select(file => file.Number).FirstOrDefault() + 1, _protector.Protect([.. content, .. CardKey.NewSecret()]));
            stored = Stored();
        }

        return [.. stored.Where(each => now < each.MadeAt + SignsFor + CardMark.Lasts + ReadAgainAfter).Select(each => each.Key)];
    }

    private List<(DateTimeOffset MadeAt, CardKey Key)> Stored()
    {
        List<(DateTimeOffset, CardKey)> keys = [];
        foreach (var (number, content) in _files.Read())
        {
            try
            {
                var opened = _protector.Unprotect(content);
                keys.Add((DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(opened)), new CardKey(opened[DateBytes..])));
            }
            catch (CryptographicException fault)
            {
                if (_unreadable.Add(number))
                {
                    _log.LogWarning(fault, "The key of cards number {Number} cannot be opened: cards signed with it are not known any more. A new key is made.", number);
                }
            }
        }

        return keys;
    }
}
