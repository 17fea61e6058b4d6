using Diaspora.Domain.Members;

namespace Diaspora.Domain.Kaspi;

/// <summary>The book by what evidence is looked up with.</summary>
internal sealed class MatchIndex
{
    private static readonly IReadOnlyList<MatchMember> Nobody = [];

    private readonly Dictionary<Guid, (MatchMember Member, NameWords Name)> _members;
    private readonly Dictionary<string, List<MatchMember>> _byWord = [];
    private readonly Dictionary<string, List<MatchMember>> _byStem = [];
    private readonly Dictionary<string, MatchMember> _byNumber;
    private readonly ILookup<string, MatchMember> _byPhone;
    private readonly ILookup<string, IndexedClaim> _byCode;
    private readonly ILookup<string, IndexedClaim> _byReceipt;
    private readonly ILookup<Money, IndexedClaim> _byTotal;
    private readonly ILookup<Guid, IndexedClaim> _byMember;
    private readonly ILookup<string, PayerHistory> _byPayer;

    public MatchIndex(MatchBook book)
    {
        // The order of a book says nothing, and must not show.
        var members = book.Members.OrderBy(member => member.Id).ToList();
        _members = members.ToDictionary(member => member.Id, member => (member, new NameWords(member.FullName)));
        foreach (var (member, name) in members.Select(member => _members[member.Id]))
        {
            Enter(_byWord, name.Keys, member);
            Enter(_byStem, name.Stems, member);
        }

        _byNumber = members.Where(member => member.Number.Length > 0).DistinctBy(member => member.Number).ToDictionary(member => member.Number);
        _byPhone = members.ToLookup(member => member.Phone);
        List<IndexedClaim> claims =
        [
            .. from claim in book.Claims
               where claim.Lines.Count > 0 && _members.ContainsKey(claim.PayerId)
               orderby claim.IntentId
               select new IndexedClaim(claim, _members[claim.PayerId].Member, [claim.PayerId, .. claim.Lines.Select(line => line.MemberId).Distinct().Where(id => id != claim.PayerId).Order()], claim.Total),
        ];
        Claims = claims.Count;
        _byCode = claims.Where(claim => claim.Claim.Code.Length > 0).ToLookup(claim => claim.Claim.Code);
        _byReceipt = claims.SelectMany(claim => claim.Claim.Receipts.Select(receipt => (receipt, claim))).ToLookup(pair => KeyOf(pair.receipt), pair => pair.claim);
        _byTotal = claims.ToLookup(claim => claim.Total);
        _byMember = claims.SelectMany(claim => claim.Members.Select(id => (id, claim))).ToLookup(pair => pair.id, pair => pair.claim);
        _byPayer = book.Payers.Where(payer => payer.PayerKey.Length > 0 && payer.Times > 0 && _members.ContainsKey(payer.MemberId)).OrderBy(payer => payer.MemberId).ToLookup(payer => payer.PayerKey);
    }

    public int Claims { get; }

    public int Members => _members.Count;

    public MatchMember? Member(Guid id) => _members.TryGetValue(id, out var found) ? found.Member : null;

    public NameWords? NameOf(Guid id) => _members.TryGetValue(id, out var found) ? found.Name : null;

    public MatchMember? Numbered(string number) => MemberNumber.TryParse(number, out var whole) ? _byNumber.GetValueOrDefault(whole.Value) : null;

    public IEnumerable<MatchMember> WithPhone(string phone) => _byPhone[phone];

    public IEnumerable<IndexedClaim> Coded(string code) => _byCode[code];

    public IEnumerable<IndexedClaim> WithReceipt(string? operation) => operation is { Length: > 0 } && KeyOf(operation) is { Length: > 0 } key ? _byReceipt[key] : [];

    public IEnumerable<IndexedClaim> Of(Money total) => _byTotal[total];

    public IEnumerable<IndexedClaim> Of(Guid member) => _byMember[member];

    public IEnumerable<PayerHistory> Paid(string payerKey) => _byPayer[payerKey];

    /// <summary>The members who have a word of the name.</summary>
    public IEnumerable<MatchMember> WithWordOf(NameWords name) => name.Keys.SelectMany(key => _byWord.GetValueOrDefault(key) ?? Nobody).Distinct();

    public int CountWithWord(string key) => _byWord.GetValueOrDefault(key)?.Count ?? 0;

    /// <summary>The members whom a word of a message may name, in whatever case.</summary>
    public IReadOnlyList<MatchMember> Named(string word)
    {
        var stem = NameWords.StemOf(NameWords.KeyOf(word));
        return stem.Length < NameWords.ShortestStem ? _byWord.GetValueOrDefault(NameWords.KeyOf(word)) ?? Nobody
            : _byStem.GetValueOrDefault(stem) ?? (stem.Length > NameWords.ShortestStem + 1 ? _byStem.GetValueOrDefault(NameWords.StemOf(stem[..^1])) : null) ?? Nobody;
    }

    /// <summary>A receipt says <c>QR1234567</c> where a report says the digits alone.</summary>
    private static string KeyOf(string receipt) => string.Concat(receipt.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant() is var key && key.StartsWith("QR", StringComparison.Ordinal) ? key[2..] : key;

    private static void Enter(Dictionary<string, List<MatchMember>> index, IEnumerable<string> keys, MatchMember member)
    {
        foreach (var key in keys)
        {
            (index.TryGetValue(key, out var list) ? list : index[key] = []).Add(member);
        }
    }
}
