using System.Security.Cryptography;
using System.Text.Json.Nodes;
using GridCases.Security;

namespace GridCases.Tests.Security;

/// <summary>What an administrator does to the key file.</summary>
internal static class Keys
{
    /// <summary>The keys with another one, which is current.</summary>
    public static PersonalDataKeys With(PersonalDataKeys keys, string id) => Edited(keys, json =>
    {
        json["keys"]![id] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        json["current"] = id;
    });

    /// <summary>The keys without one of them.</summary>
    public static PersonalDataKeys Without(PersonalDataKeys keys, string id) => Edited(keys, json => json["keys"]!.AsObject().Remove(id));

    private static PersonalDataKeys Edited(PersonalDataKeys keys, Action<JsonNode> edit)
    {
        var json = JsonNode.Parse(keys.ToJson())!;
        edit(json);
        return PersonalDataKeys.Parse(json.ToJsonString());
    }
}
