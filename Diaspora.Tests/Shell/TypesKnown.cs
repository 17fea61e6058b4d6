using System.Reflection;
using System.Reflection.Emit;

namespace Diaspora.Tests.Shell;

/// <summary>All types that one type knows: by inheritance, in its members' signatures, in its attributes and in the bodies of its methods.</summary>
internal static class TypesKnown
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value & 0xFFFF);

    public static IEnumerable<Type> By(Type type)
    {
        var named = type.GetInterfaces().Append(type.BaseType)
            .Concat(type.GetGenericArguments().SelectMany(argument => argument.IsGenericParameter ? argument.GetGenericParameterConstraints() : [argument]))
            .Concat(type.GetMembers(Own).SelectMany(InSignature))
            .Concat(type.GetMembers(Own).Append(type).SelectMany(member => member.CustomAttributes).Select(attribute => attribute.AttributeType))
            .Concat(type.GetMethods(Own).Concat<MethodBase>(type.GetConstructors(Own)).SelectMany(InBody));
        return named.OfType<Type>().SelectMany(Parts).Distinct();
    }

    private static IEnumerable<Type?> InSignature(MemberInfo member) => member switch
    {
        Type type => [type],
        FieldInfo field => [field.DeclaringType, field.FieldType],
        PropertyInfo property => [property.PropertyType],
        EventInfo happening => [happening.EventHandlerType],
        MethodInfo method => [method.DeclaringType, method.ReturnType, .. method.GetParameters().Select(parameter => parameter.ParameterType), .. GenericsOf(method)],
        ConstructorInfo constructor => [constructor.DeclaringType, .. constructor.GetParameters().Select(parameter => parameter.ParameterType)],
        _ => [],
    };

    private static IEnumerable<Type> GenericsOf(MethodInfo method) =>
        method.GetGenericArguments().SelectMany(argument => argument.IsGenericParameter ? argument.GetGenericParameterConstraints() : [argument]);

    private static IEnumerable<Type?> InBody(MethodBase method) =>
        method.GetMethodBody() is { } body
            ? [.. body.LocalVariables.Select(local => local.LocalType), .. body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause).Select(clause => clause.CatchType),
                .. Named(method, body.GetILAsByteArray() ?? []).SelectMany(InSignature)]
            : [];

    private static IEnumerable<MemberInfo> Named(MethodBase method, byte[] code)
    {
        var ofType = method.DeclaringType?.GetGenericArguments();
        var ofMethod = method is MethodInfo { IsGenericMethod: true } ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var known = Codes[code[at] == 0xFE ? 0xFE00 | code[at + 1] : code[at]];
            at += known.Size;
            if (known.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                yield return method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod)!;
            }

            at += known.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
    }

    /// <summary>Of <c>Task&lt;Page&lt;Row[]&gt;&gt;</c>: the task, the page and the row.</summary>
    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericParameter ? []
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition())
        : [type];
}
