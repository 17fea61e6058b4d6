using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace Diaspora.Data.Operations;

/// <summary>The portal does not start, and this is why: a sentence each, naming a key or a path. For whoever runs it, so it needs no stack.</summary>
public sealed class StartRefusedException(IReadOnlyList<string> reasons) : Exception(string.Join('\n', reasons))
{
    public StartRefusedException(string reason) : this([reason])
    {
    }

    public IReadOnlyList<string> Reasons { get; } = reasons;
}

/// <summary>Collects them, so that whoever runs the portal hears all at once and not one with each try.</summary>
public sealed class StartReasons
{
    private readonly List<string> _reasons = [];

    /// <summary>Which sections of the configuration are the portal's own, and what is read from each.</summary>
    public SectionKeys Keys { get; } = new();

    public IReadOnlyList<string> All => _reasons;

    public static StartReasons Of(IHostApplicationBuilder builder)
    {
        if (!builder.Properties.TryGetValue(typeof(StartReasons), out var known))
        {
            builder.Properties[typeof(StartReasons)] = known = new StartReasons();
        }

        return (StartReasons)known;
    }

    public void Add(params IEnumerable<string> reasons) => _reasons.AddRange(reasons.Except(_reasons).ToList());

    /// <summary>Whether one of these sections is among them.</summary>
    public bool Name(params IEnumerable<string> sections) => sections.Any(section => _reasons.Exists(reason => reason.StartsWith(section + ":", StringComparison.Ordinal)));

    /// <exception cref="StartRefusedException">There are some.</exception>
    public void Throw()
    {
        if (_reasons.Count > 0)
        {
            throw new StartRefusedException([.. _reasons]);
        }
    }
}
