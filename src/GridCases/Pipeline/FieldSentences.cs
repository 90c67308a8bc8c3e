using System.Globalization;
using FluentValidation.Resources;
using GridCases.Texts;

namespace GridCases.Pipeline;

/// <summary>What the library's own rules say of a field, said to the person who has to fill it in: what to do, not what must not be.</summary>
internal sealed class FieldSentences : LanguageManager
{
    public override string GetString(string key, CultureInfo? culture = null) => Text.Find("Fields", $"Rule.{key}") ?? base.GetString(key, culture);
}
