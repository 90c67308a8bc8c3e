using System.Buffers.Binary;
using System.Security.Cryptography;

namespace GridCases.Features.Users;

/// <summary>Codes that change with the time (RFC 6238, over RFC 4226): six digits, a step of thirty seconds, HMAC-SHA1, which is what every authenticator app has.</summary>
public static class Rfc6238
{
    /// <summary>Digits of a code.</summary>
    public const int Digits = 6;

    /// <summary>How long a code is shown.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The number of the step that an instant lies in.</summary>
    public static long StepAt(DateTimeOffset instant) => instant.ToUnixTimeSeconds() / (long)Step.TotalSeconds;

    /// <summary>The code of a step.</summary>
    /// <param name="secret">The shared secret.</param>
    /// <param name="step">The step.</param>
    /// <param name="digits">How many digits it has.</param>
    public static string CodeAt(ReadOnlySpan<byte> secret, long step, int digits = Digits)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 4226 says SHA-1; nothing hangs on collisions here
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & int.MaxValue;
        var modulus = 1;
        for (var i = 0; i < digits; i++)
            modulus *= 10;
        return (number % modulus).ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>A secret as apps take it when it is typed (RFC 4648, base 32 without padding).</summary>
    public static string Base32(ReadOnlySpan<byte> secret)
    {
        var text = new System.Text.StringBuilder();
        var (bits, held) = (0, 0);
        foreach (var b in secret)
        {
            (bits, held) = ((bits << 8) | b, held + 8);
            for (; held >= 5; held -= 5)
                text.Append(Alphabet[(bits >> (held - 5)) & 31]);
            bits &= (1 << held) - 1;
        }

        return held > 0 ? text.Append(Alphabet[(bits << (5 - held)) & 31]).ToString() : text.ToString();
    }
}
