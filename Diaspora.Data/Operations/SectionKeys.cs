using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Diaspora.Data.Operations;

/// <summary>
/// What the portal's own sections of the configuration may hold: the properties of the classes they are read into. A key that is none of them is a slip of the pen that
/// would leave a default in force, so it is refused. What the framework and Serilog own is not looked at.
/// </summary>
public sealed class SectionKeys
{
    /// <summary>So far from a known name a name is still taken for a slip.</summary>
    private const int Slip = 2;

    private readonly Dictionary<string, List<Type>> _sections = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<Type> Types => _sections.Values.SelectMany(types => types).Distinct();

    public void Know(string section, Type type)
    {
        if (!_sections.TryGetValue(section, out var types))
        {
            _sections[section] = types = [];
        }

        types.Add(type);
    }

    /// <summary>Every value of ours that somebody has given.</summary>
    public IEnumerable<(string Key, string Value)> Given(IConfiguration configuration) =>
        from section in _sections.Keys.Order(StringComparer.Ordinal)
        from pair in configuration.GetSection(section).AsEnumerable()
        where !string.IsNullOrEmpty(pair.Value)
        select (pair.Key, pair.Value);

    /// <returns>A sentence for each key that nothing reads, and for each value that cannot be what it has to be.</returns>
    public IEnumerable<string> Faults(IConfiguration configuration) =>
        configuration.GetChildren().SelectMany(section => _sections.TryGetValue(section.Key, out var types) ? FaultsOf(section, types) : Misspelt(section));

    private IEnumerable<string> Misspelt(IConfigurationSection section)
    {
        // Anything may stand in the environment. Only what has keys beneath it is a section.
        if (section.GetChildren().Any() && Nearest(section.Key, _sections.Keys) is { } near && section.Key.Length >= near.Distance * 3)
        {
            yield return $"The section {section.Key} is not known: {near.Name} is meant.";
        }
    }

    private static IEnumerable<string> FaultsOf(IConfigurationSection section, List<Type> types)
    {
        var known = types.SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)).Where(property => property.CanWrite)
            .ToDictionary(property => property.Name, property => property.PropertyType, StringComparer.OrdinalIgnoreCase);
        if (section.Value is { Length: > 0 })
        {
            yield return $"{section.Path} is a section and has no value of its own: write one of {string.Join(", ", known.Keys.Select(name => $"{section.Path}:{name}"))}.";
        }

        foreach (var entry in section.GetChildren())
        {
            if (known.TryGetValue(entry.Key, out var part) && IsPart(part))
            {
                foreach (var within in FaultsOf(entry, [part]))
                {
                    yield return within;
                }

                continue;
            }

            var fault = !known.TryGetValue(entry.Key, out var type) ? Unknown(section.Path, entry.Key, known.Keys)
                : type.GetElementType() is { } element ? entry.GetChildren().Select(item => Unfit(item, element)).FirstOrDefault(unfit => unfit is not null)
                : Unfit(entry, type);
            if (fault is not null)
            {
                yield return fault;
            }
        }
    }

    /// <summary>A class of options has keys of its own beneath its name; a text or a list has none.</summary>
    private static bool IsPart(Type type) => type is { IsClass: true, IsArray: false } && type != typeof(string);

    private static string Unknown(string section, string key, IReadOnlyCollection<string> known) => Nearest(key, known) is { } near
        ? $"{section}:{key} is not known: {section}:{near.Name} is meant."
        : $"{section}:{key} is not known: the section {section} has {string.Join(", ", known)}.";

    private static string? Unfit(IConfigurationSection entry, Type type)
    {
        if (entry.GetChildren().Any())
        {
            return $"{entry.Path} is one value and has no keys beneath it.";
        }

        if (entry.Value is not { } value)
        {
            return null;
        }

        type = Nullable.GetUnderlyingType(type) ?? type;
        try
        {
            _ = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value);
            return null;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or NotSupportedException or OverflowException)
        {
            return $"{entry.Path} = '{value}' must be {(type == typeof(bool) ? "true or false" : type == typeof(int) || type == typeof(long) ? "a whole number" : $"a {type.Name}")}.";
        }
    }

    private static (string Name, int Distance)? Nearest(string word, IEnumerable<string> known) => known
        .Select(name => (Name: name, Distance: Distance(word.ToUpperInvariant(), name.ToUpperInvariant())))
        .Where(near => near.Distance <= Slip).OrderBy(near => near.Distance).Select(near => ((string, int)?)near).FirstOrDefault();

    /// <summary>How many letters have to be written, left out, replaced or swapped with their neighbour to make one word of the other.</summary>
    private static int Distance(string one, string other)
    {
        var steps = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                steps[i, j] = i == 0 || j == 0 ? i + j
                    : Math.Min(Math.Min(steps[i - 1, j], steps[i, j - 1]) + 1, steps[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    steps[i, j] = Math.Min(steps[i, j], steps[i - 2, j - 2] + 1);
                }
            }
        }

        return steps[one.Length, other.Length];
    }
}

public static class Sections
{
    /// <summary>A section of the configuration that is the portal's: unknown keys in it stop the start, and so does what its validators say.</summary>
    public static OptionsBuilder<TOptions> AddSection<TOptions>(this IHostApplicationBuilder builder, string section) where TOptions : class
    {
        StartReasons.Of(builder).Keys.Know(section, typeof(TOptions));
        return builder.Services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
    }

    /// <summary>The same for what is needed before there are services. Where it cannot be read it is as if it was not given: the start is refused anyway.</summary>
    public static TOptions ReadSection<TOptions>(this IHostApplicationBuilder builder, string section) where TOptions : class, new()
    {
        StartReasons.Of(builder).Keys.Know(section, typeof(TOptions));
        try
        {
            return builder.Configuration.GetSection(section).Get<TOptions>() ?? new TOptions();
        }
        catch (InvalidOperationException)
        {
            return new TOptions();
        }
    }
}
