using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using FluentValidation;
using FluentValidation.Internal;
using FluentValidation.Validators;
using GridCases.Domain;
using GridCases.Features.Cases;

namespace GridCases.Web.Pages.Cases.Fields;

/// <summary>A field of an action's form. Its label is the text <c>Field.{name}</c>, or for one action <c>{action}.{name}</c>.</summary>
/// <param name="Name">Its name in the command's JSON, and of the input.</param>
/// <param name="Kind">How it is asked for.</param>
/// <param name="IsOptional">Whether it may be left out.</param>
/// <param name="Max">Longest text.</param>
/// <param name="Words">The enum whose members are the choices.</param>
/// <param name="When">Shown only while another field has a value: <c>risk=Red</c>.</param>
/// <param name="IsPrefilled">Whether it begins with what is on record and is sent only when that was changed.</param>
public sealed record Field(string Name, FieldKind Kind, bool IsOptional = false, int Max = 1000, Type? Words = null, string? When = null, bool IsPrefilled = false)
{
    /// <summary>What draws and reads it.</summary>
    public FieldControl Control => FieldControl.Of(Kind);
}

/// <summary>The form of an action: its command, its icon, its fields in order.</summary>
/// <param name="Action">The action.</param>
/// <param name="Command">The command that the API takes for it.</param>
/// <param name="Icon">Name in the sprite.</param>
/// <param name="Fields">What is asked for.</param>
public sealed record ActionForm(CaseAction Action, Type Command, string Icon, params IReadOnlyList<Field> Fields)
{
    private static readonly FrozenDictionary<CaseAction, ActionForm> All = CaseActionCatalogue.All
        .Where(type => type.Declared.Icon is not null)
        .ToFrozenDictionary(type => type.Declared.Action, Declared);

    /// <summary>Its name in addresses and ids.</summary>
    public string Name => CaseActionCatalogue.NameOf(Action);

    /// <summary>Whether it ends something or is out of the ordinary: offered last, behind a line.</summary>
    public bool IsExceptional { get; private init; }

    /// <summary>The name of the input that an error of the command is about.</summary>
    public string InputOf(string error) => Fields.Select(f => f.Control.InputOf(f, error)).FirstOrDefault(input => input is not null) ?? error;

    /// <summary>The form of an action; null for what is done elsewhere.</summary>
    public static ActionForm? Of(CaseAction action) => All.GetValueOrDefault(action);

    private static ActionForm Declared(CaseActionCommandType type)
    {
        var rules = (type.Command.DeclaringType ?? type.Command).GetNestedTypes().FirstOrDefault(nested => nested.IsAssignableTo(typeof(IValidator)));
        var described = rules is null ? null : ((IValidator)Activator.CreateInstance(rules)!).CreateDescriptor();
        var fields =
            from parameter in type.Command.GetConstructors()[0].GetParameters()
            let declared = parameter.GetCustomAttribute<FormFieldAttribute>()
            where declared is not null
            orderby declared.Order
            select FieldOf(parameter, declared, [.. described?.GetValidatorsForMember(parameter.Name!) ?? []]);
        return new ActionForm(type.Declared.Action, type.Command, type.Declared.Icon!, [.. fields]) { IsExceptional = type.Declared.IsExceptional };
    }

    private static Field FieldOf(ParameterInfo parameter, FormFieldAttribute declared, IReadOnlyList<(IPropertyValidator Validator, IRuleComponent Options)> rules)
    {
        var word = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return new Field(declared.Name ?? JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!), declared.Kind)
        {
            IsOptional = !declared.IsRequired && !rules.Any(rule => rule.Validator is INotNullValidator or INotEmptyValidator && !rule.Options.HasCondition),
            Max = rules.Select(rule => rule.Validator).OfType<ILengthValidator>().FirstOrDefault()?.Max ?? declared.Max,
            Words = word.IsEnum ? word : null,
            When = declared.When,
            IsPrefilled = declared.IsPrefilled,
        };
    }
}
