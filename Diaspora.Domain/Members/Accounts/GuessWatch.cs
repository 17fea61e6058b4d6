using Diaspora.Domain.Members;

namespace Diaspora.Domain.Members.Accounts;

/// <summary>Many phones, or one very often, were tried with wrong passwords within an hour.</summary>
/// <param name="Network">From where; nothing when it comes from everywhere.</param>
/// <param name="Phones">At least so many; one when it is about a single phone.</param>
public sealed record Guessing(string? Network, int Phones, int Tries, DateTime At);

/// <summary>
/// Sees what no single phone sees: one place that tries many phones, many places that try one phone, a site with many networks that does, and guessing as a whole. Who guesses so gets one try in
/// some seconds. A device that has signed in before is not counted and not slowed. In memory, of this process, and bounded.
/// </summary>
public sealed class GuessWatch(TimeProvider clock)
{
    /// <summary>Phones with a wrong password from one place within an hour: more is no family and no office any more.</summary>
    public const int PhonesOfOnePlace = 20;

    /// <summary>The same from everywhere: a sign of many places that work together.</summary>
    public const int PhonesInAll = 100;

    /// <summary>While guessing goes on everywhere, a place with so many is part of it. A carrier has a few that mistype at any time.</summary>
    public const int PhonesOfOnePlaceThen = 10;

    /// <summary>Wrong passwords for one phone, from wherever.</summary>
    public const int TriesOfOnePhone = 20;

    /// <summary>Wrong passwords for one phone from one site, however many networks it has.</summary>
    public const int TriesOfOneSite = 20;

    /// <summary>Wrong passwords for one phone that the admin is told of.</summary>
    public const int TriesOfOnePhoneTold = 200;

    /// <summary>What is left of the free tries then. One has to do: the owner may be among those who are new.</summary>
    public const int FreeTriesThen = 2;

    public static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);
    public static readonly TimeSpan ShownFor = TimeSpan.FromHours(24);

    /// <summary>Places and phones that are remembered. Beyond that only the whole is counted.</summary>
    private const int Most = 10_000;

    private readonly Lock _turn = new();
    private readonly Dictionary<string, Count> _places = [];
    private readonly Dictionary<string, Count> _phones = [];
    private readonly Dictionary<string, Count> _sites = [];
    private Count _all = new(DateTime.MinValue);
    private Guessing? _last;

    /// <summary>The last that was noticed, for a day.</summary>
    public Guessing? Last
    {
        get
        {
            lock (_turn)
            {
                return _last is { } last && Now - last.At < ShownFor ? last : null;
            }
        }
    }

    /// <summary>Takes the turn of a stranger's device; a place or site that guesses has to wait for it.</summary>
    /// <returns>How many tries are free for it.</returns>
    /// <exception cref="DomainException">It is not its turn: the sentence says until when.</exception>
    public int Enter(string network, PhoneNumber phone)
    {
        lock (_turn)
        {
            var now = Now;
            List<Count> slowed = [];
            if (Of(_places, network) is { } place && IsGuessing(place))
            {
                slowed.Add(place);
            }

            if (Of(_sites, SiteKeyOf(network, phone)) is { Tries: >= TriesOfOneSite } site)
            {
                slowed.Add(site);
            }

            if (slowed.Find(count => count.NextAt > now) is { } taken)
            {
                throw new DomainException(Problems.SignInPaused, taken.NextAt);
            }

            slowed.ForEach(count => count.NextAt = now + Slow);
            return IsWide || Of(_phones, phone.Value)?.Tries >= TriesOfOnePhone ? FreeTriesThen : SignInThrottle.FreeTries;
        }
    }

    /// <summary>A wrong password from a stranger's device.</summary>
    /// <returns>What there is to tell, once an hour for each place, for each phone and for the whole.</returns>
    public IReadOnlyList<Guessing> Fail(string network, PhoneNumber phone)
    {
        lock (_turn)
        {
            List<Guessing> noticed = [];
            if (Of(_phones, phone.Value, isNew: true) is { } ofPhone)
            {
                ofPhone.Tries++;
                Tell(ofPhone, ofPhone.Tries >= TriesOfOnePhoneTold, new Guessing(null, 1, ofPhone.Tries, Now), noticed);
            }

            if (Of(_sites, SiteKeyOf(network, phone), isNew: true) is { } site)
            {
                site.Tries++;
            }

            if (Now - _all.Since >= Window)
            {
                _all = new Count(Now);
            }

            Add(_all, null, phone, PhonesInAll, noticed);
            if (Of(_places, network, isNew: true) is { } place)
            {
                Add(place, network, phone, PhonesOfOnePlace, noticed);
            }

            return noticed;
        }
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private static string SiteKeyOf(string network, PhoneNumber phone) => $"{phone.Value} {Network.SiteOf(network)}";

    private bool IsWide => Now - _all.Since < Window && _all.Phones.Count >= PhonesInAll;

    private bool IsGuessing(Count place) => place.Phones.Count >= (IsWide ? PhonesOfOnePlaceThen : PhonesOfOnePlace);

    private void Add(Count count, string? network, PhoneNumber phone, int most, List<Guessing> noticed)
    {
        count.Tries++;
        if (count.Phones.Count < (network is null ? PhonesInAll : PhonesOfOnePlace))
        {
            count.Phones.Add(phone.Value);
        }

        Tell(count, count.Phones.Count >= most, new Guessing(network, count.Phones.Count, count.Tries, Now), noticed);
    }

    private void Tell(Count count, bool isMuch, Guessing guessing, List<Guessing> noticed)
    {
        if (isMuch && !count.IsTold)
        {
            count.IsTold = true;
            _last = guessing;
            noticed.Add(guessing);
        }
    }

    /// <summary>The count of this hour. When there are too many, those of past hours make room, and what is new is not counted if that is not enough.</summary>
    private Count? Of(Dictionary<string, Count> counts, string key, bool isNew = false)
    {
        var now = Now;
        if (counts.TryGetValue(key, out var count) && now - count.Since < Window)
        {
            return count;
        }

        if (!isNew)
        {
            return null;
        }

        if (counts.Count >= Most)
        {
            foreach (var (old, _) in counts.Where(pair => now - pair.Value.Since >= Window).ToList())
            {
                counts.Remove(old);
            }
        }

        return counts.Count >= Most ? null : counts[key] = new Count(now);
    }

    private sealed class Count(DateTime since)
    {
        public DateTime Since { get; } = since;

        public HashSet<string> Phones { get; } = [];

        public int Tries { get; internal set; }

        public DateTime NextAt { get; internal set; }

        public bool IsTold { get; internal set; }
    }
}
