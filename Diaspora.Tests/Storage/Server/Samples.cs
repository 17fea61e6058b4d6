using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;

namespace Diaspora.Tests.Storage.Server;

/// <summary>Values for whatever a question to the database asks with: every choice there is at least once.</summary>
internal static class Samples
{
    private const int Deepest = 4;

    public static Guid Id { get; } = new("7d9f2a10-0b5e-4c57-9d0c-5f7a3e1b2c4d");

    public static DateTime Now { get; } = new(2026, 3, 8, 7, 0, 0, DateTimeKind.Utc);

    private static readonly Dictionary<Type, object?[]> Known = new()
    {
        [typeof(Guid)] = [Id],
        [typeof(DateTime)] = [Now],
        [typeof(DateTimeOffset)] = [new DateTimeOffset(Now)],
        [typeof(DateOnly)] = [DateOnly.FromDateTime(Now)],
        [typeof(TimeSpan)] = [TimeSpan.FromMinutes(1)],
        [typeof(bool)] = [true, false],
        [typeof(int)] = [2],
        [typeof(long)] = [2L],
        [typeof(Period)] = [new Period(2026, 3)],
        [typeof(PhoneNumber)] = [PhoneNumber.Parse("+77010000001")],
        [typeof(MemberNumber)] = [MemberNumber.FromBody(MemberNumber.First + 1)],
        [typeof(Money)] = [new Money(2000)],
        [typeof(CancellationToken)] = [CancellationToken.None],
        [typeof(TimeZoneInfo)] = [TimeZoneInfo.Utc],
        [typeof(PaymentIntent)] = [PaymentIntent.Start("K7", Id, [(new Period(2026, 3), new Money(2000))], PaymentMethod.KaspiTransfer, Now)],
        [typeof(DuesRules)] = [new DuesRules(FeeSchedule.Always(new Money(2000)), 10, 12, 14, TimeZoneInfo.Utc)],
        [typeof(PortalSettings)] = [new PortalSettings(new SettingsSnapshot(new DuesRules(FeeSchedule.Always(new Money(2000)), 10, 12, 14, TimeZoneInfo.Utc)), Now)],
    };

    /// <param name="name">Of the parameter or property: what is searched for may be missing, a name or digits.</param>
    public static List<object?> Of(Type type, string name, int depth = 0)
    {
        if (Known.TryGetValue(type, out var known))
        {
            return [.. known];
        }

        if (type == typeof(string))
        {
            return name.Equals("search", StringComparison.OrdinalIgnoreCase) ? [null, "алиев", "701 50"] : ["x", null];
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return [null, .. Of(value, name, depth)];
        }

        if (type.IsEnum)
        {
            return [.. Enum.GetValues(type)];
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            return [Expression.Lambda(type, invoke.ReturnType == typeof(Task) ? Expression.Constant(Task.CompletedTask) : Expression.Default(invoke.ReturnType), invoke.GetParameters().Select(parameter => Expression.Parameter(parameter.ParameterType))).Compile()];
        }

        return ItemOf(type) is { } item ? [Many(type, item, name, depth)] : depth > Deepest ? [null] : Made(type, depth);
    }

    /// <summary>As many sets of arguments as the longest list of choices needs.</summary>
    public static IEnumerable<object?[]> SetsFor(IEnumerable<(Type Type, string Name)> parameters, int depth = 0)
    {
        var choices = parameters.Select(parameter => Of(parameter.Type, parameter.Name, depth + 1)).ToList();
        return Enumerable.Range(0, Math.Max(1, choices.Max(choice => (int?)choice.Count) ?? 1)).Select(set => choices.ConvertAll(choice => choice[set % choice.Count]).ToArray());
    }

    private static Type? ItemOf(Type type) => type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.GetInterfaces().Append(type).Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>)) && type.GetGenericArguments() is [var only] ? only
        : null;

    private static object Many(Type type, Type item, string name, int depth)
    {
        var all = Of(item, name, depth + 1).Where(sample => sample is not null).Take(1).ToList();
        var array = Array.CreateInstance(item, all.Count);
        all.Select((sample, index) => (sample, index)).ToList().ForEach(pair => array.SetValue(pair.sample, pair.index));
        return type.IsInstanceOfType(array) ? array : Activator.CreateInstance(typeof(HashSet<>).MakeGenericType(item), array) is { } set && type.IsInstanceOfType(set) ? set
            : Activator.CreateInstance(typeof(List<>).MakeGenericType(item), array)!;
    }

    /// <summary>By its longest public constructor, with all that may be given besides; else as EF makes it, empty.</summary>
    private static List<object?> Made(Type type, int depth)
    {
        var constructor = type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).FirstOrDefault();
        if (type.IsAbstract || constructor is null)
        {
            return [type.IsAbstract ? null : RuntimeHelpers.GetUninitializedObject(type)];
        }

        var parameters = constructor.GetParameters().Select(parameter => (parameter.ParameterType, parameter.Name!)).ToList();
        var given = type.GetProperties().Where(property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0).ToList();
        return [.. SetsFor([.. parameters, .. given.Select(property => (property.PropertyType, property.Name))], depth).Select(set =>
        {
            try
            {
                var made = constructor.Invoke(set[..parameters.Count]);
                given.Zip(set[parameters.Count..]).ToList().ForEach(pair => pair.First.SetValue(made, pair.Second));
                return made;
            }
            catch (TargetInvocationException)
            {
                // A rule of the thing itself refuses the samples: what is asked by needs no rules.
                return RuntimeHelpers.GetUninitializedObject(type);
            }
        })];
    }
}
