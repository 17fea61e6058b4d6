using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Members;

/// <summary>
/// The members whose months one unit of work has to itself until it ends; see decision 20. A repository holds a member before it reads what a
/// verb decides by. What a verb has changed without holding it is found before the commit, and the verb runs again with it held from the start.
/// </summary>
public sealed class HeldMembers(DiasporaDbContext context)
{
    /// <summary>Marks a question that only says whose months these are.</summary>
    public const string Tag = "Whose months";

    private readonly HashSet<Guid> _held = [];
    private readonly HashSet<Guid> _changed = [];

    /// <summary>Readers hold nobody, nor do writers that queue anyway.</summary>
    private bool _isOn;

    /// <summary>Whom another attempt has to hold.</summary>
    public IEnumerable<Guid> Known => _held.Concat(_changed);

    public void Begin(bool isOn)
    {
        _held.Clear();
        _changed.Clear();
        _isOn = isOn;
    }

    public async Task AddAsync(IEnumerable<Guid> memberIds, CancellationToken cancel)
    {
        // In the order of their ids: two that hold the same members do not wait for each other.
        if (_isOn && memberIds.Where(id => !_held.Contains(id)).Distinct().Order().ToList() is { Count: > 0 } missing)
        {
            await context.LockMembersAsync(missing, cancel);
            _held.UnionWith(missing);
        }
    }

    /// <param name="memberIds">Not asked where nobody is held.</param>
    public async Task AddAsync(IQueryable<Guid> memberIds, CancellationToken cancel)
    {
        if (_isOn)
        {
            await AddAsync(await memberIds.TagWith(Tag).ToListAsync(cancel), cancel);
        }
    }

    /// <param name="isNew">Nobody else knows a member that is not committed.</param>
    internal void NoteChange(Guid memberId, bool isNew)
    {
        _changed.Add(memberId);
        if (isNew)
        {
            _held.Add(memberId);
        }
    }

    /// <exception cref="DbUpdateConcurrencyException">The verb may have decided by what a colleague was changing.</exception>
    internal void RequireAll()
    {
        if (_isOn && !_changed.IsSubsetOf(_held))
        {
            throw new DbUpdateConcurrencyException("A member was changed whom the unit of work did not hold.");
        }
    }
}
