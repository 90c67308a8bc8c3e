using GridCases.Data;
using GridCases.Domain;
using GridCases.Features.People;
using GridCases.Features.Users;

namespace GridCases.Features.Imports;

// Each sheet's rows.
internal sealed partial class ImportPlan
{
    private const int LongestPhone = 50;

    private static readonly Sql InsertUnit = new("INSERT INTO Unit (Code, Name, [Level], ParentCode) VALUES (@Code, @Name, @Level, @Parent)");
    private static readonly Sql RenameUnit = new("UPDATE Unit SET Name = @Name WHERE Code = @Code");
    private static readonly Sql InsertOrganisation = new("INSERT INTO Organisation (Id, Name, Track, UnitCode, Kind) VALUES (@Id, @Name, @Track, @UnitCode, @Kind)");

    private static readonly Sql InsertUser = new("""
        INSERT INTO AppUser (Id, UserName, NameKey, DisplayName, PhoneCipher, PasswordHash, SecurityStamp, PasswordChangeRequired)
        VALUES (@Id, @UserName, @NameKey, @DisplayName, @PhoneCipher, @hash, @stamp, 1)
        """);

    private static readonly Sql ChangeUser = new("UPDATE AppUser SET DisplayName = @DisplayName, PhoneCipher = @PhoneCipher WHERE Id = @Id");

    private static readonly Sql InsertRole = new("""
        INSERT INTO RoleAssignment (Id, UserId, Role, UnitCode, OrganisationId, FromDate, ToDate) VALUES (@Id, @UserId, @Role, @UnitCode, @OrganisationId, @FromDate, @ToDate)
        """);

    private static readonly Sql ChangeRole = new("UPDATE RoleAssignment SET ToDate = @ToDate WHERE Id = @Id");
    private static readonly Sql InsertImportUser = new("INSERT INTO ImportUser (ImportId, UserId) VALUES (@importId, @Id)");

    private readonly Dictionary<string, List<KnownOrganisation>> _organisations;
    private readonly List<(KnownUnit Unit, ImportRow Row, SheetCounts Counts)> _newUnits = [];

    private void TakeUnit(ImportRow row, SheetCounts counts)
    {
        var code = row.Unit("code", _city);
        var name = row.Text("name", isRequired: true);
        if (code is { } known && _city.Units.GetValueOrDefault(known) is { } unit)
        {
            if (unit.Row > 0)
                row.Fault("code", FaultCode.TwiceInFile, unit.Row);
            else if (unit.IsClosedOn(_today))
                row.Fault("code", FaultCode.UnitClosed, unit.SuccessorCode?.Value ?? "–");
            unit.Row = row.Number;
            if (row.IsFaulty || name == unit.Name)
            {
                counts.Unchanged += row.IsFaulty ? 0 : 1;
                return;
            }

            Change(counts, ImportSheet.Units, row, $"{unit.Code} {unit.Name}", unit.Code.Value, "RenameUnit", unit.Code, ShownChange.Of("name", unit.Name, name));
            unit.Name = name!;
            _writes.Add(new Write(RenameUnit, new { unit.Code, unit.Name }));
            return;
        }

        if (code is not { } added)
            return;
        unit = new KnownUnit { Code = added, Name = name ?? "", Row = row.Number };
        _city.Units[added] = unit;
        _newUnits.Add((unit, row, counts));
    }

    /// <summary>A unit may stand before its parent: only when all are known is it seen who has none, and what is above is written first.</summary>
    private void AddUnits()
    {
        foreach (var (unit, row, counts) in _newUnits.OrderBy(u => u.Unit.Code))
        {
            if (unit.Code.Parent is { } parent && (!_city.Units.TryGetValue(parent, out var above) || above.IsClosedOn(_today)))
                row.Fault("code", FaultCode.ParentMissing, parent);
            if (row.IsFaulty)
                continue;
            Add(counts, ImportSheet.Units, row, $"{unit.Code} {unit.Name}", unit.Code.Value, "CreateUnit", unit.Code, new { unit.Name });
            _writes.Add(new Write(InsertUnit, new { unit.Code, unit.Name, unit.Code.Level, unit.Code.Parent }));
        }
    }

    private void TakeOrganisation(ImportRow row, SheetCounts counts)
    {
        var name = row.Text("name", isRequired: true);
        var kind = row.Word<OrganisationKind>("kind");
        var track = row.Word<MediationTrack>("track");
        var unit = OpenUnit(row);
        if (kind is { } k && track is { } t && !k.WorksOn(t))
            row.Fault("track", FaultCode.TrackOfKind, k, t);
        if (row.IsFaulty)
            return;

        var key = ImportWords.KeyOf(name!);
        if (!_organisations.TryGetValue(key, out var namesakes))
            _organisations[key] = namesakes = [];
        if (namesakes.Find(o => o.UnitCode == unit) is { } stored)
        {
            if (stored.Row > 0)
                row.Fault("name", FaultCode.TwiceInFile, stored.Row);
            else if (stored.IsClosedOn(_today))
                row.Fault("name", FaultCode.OrganisationClosed);
            else if (stored.Kind != kind)
                row.Fault("kind", FaultCode.OrganisationDiffers, stored.Kind);
            else if (stored.Track != track)
                row.Fault("track", FaultCode.OrganisationDiffers, stored.Track);
            stored.Row = row.Number;
            counts.Unchanged += row.IsFaulty ? 0 : 1;
            return;
        }

        var added = new KnownOrganisation { Id = Guid.CreateVersion7(_now), Name = name!, Kind = kind!.Value, Track = track!.Value, UnitCode = unit!.Value, Row = row.Number };
        namesakes.Add(added);
        Add(counts, ImportSheet.Organisations, row, added.Name, added.Id.ToString(), "CreateOrganisation", added.UnitCode, new { added.Name, added.Kind, added.Track });
        _writes.Add(new Write(InsertOrganisation, added));
    }

    private void TakeUser(ImportRow row, SheetCounts counts)
    {
        var userName = UserName(row);
        var displayName = row.Text("displayName", 100, isRequired: true);
        var phone = Phone(row);
        if (userName is null)
            return;

        var key = UserNames.KeyOf(userName);
        if (!_city.Users.TryGetValue(key, out var user))
        {
            AddUser(row, counts, userName, key, displayName, phone);
            return;
        }

        if (user.Row > 0)
            row.Fault("userName", FaultCode.TwiceInFile, user.Row);
        else if (!user.IsSeenIn(_city))
            row.Fault("userName", FaultCode.UserElsewhere);
        else if (user.DeactivatedAt is not null)
            row.Fault("userName", FaultCode.UserDeactivated);
        user.Row = row.Number;
        if (row.IsFaulty)
            return;

        // An empty phone says nothing: it leaves what is stored.
        var differences = new List<ShownChange>();
        if (displayName != user.DisplayName)
            differences.Add(ShownChange.Of("displayName", user.DisplayName, displayName));
        if (phone is not null && phone != _personal.Reveal(user.PhoneCipher))
            differences.Add(ShownChange.Of("phone", null, null));
        if (differences.Count == 0)
        {
            counts.Unchanged++;
            return;
        }

        if (user.ServesOutside(_city, _today))
        {
            row.Fault(differences[0].Column, FaultCode.UserServesElsewhere);
            return;
        }

        Change(counts, ImportSheet.Users, row, user.UserName, user.UserName, "ChangeUser", UnitOf(user), differences);
        user.DisplayName = displayName!;
        user.PhoneCipher = phone is null ? user.PhoneCipher : _personal.Protect(phone);
        _writes.Add(new Write(ChangeUser, new { user.Id, user.DisplayName, user.PhoneCipher }));
    }

    private void AddUser(ImportRow row, SheetCounts counts, string userName, string key, string? displayName, string? phone)
    {
        var user = new KnownUser
        {
            Id = Guid.CreateVersion7(_now),
            UserName = userName,
            NameKey = key,
            DisplayName = displayName ?? "",
            PhoneCipher = row.IsFaulty ? null : _personal.Protect(phone),
            Row = row.Number,
        };
        _city.Users[key] = user;
        if (row.IsFaulty)
            return;
        NewUsers.Add(user);
        Add(counts, ImportSheet.Users, row, $"{user.UserName} {user.DisplayName}", user.UserName, "CreateUser", null, new { user.DisplayName });
        if (_secret.Length == 0)
            return;
        _writes.Add(new Write(InsertUser, new
        {
            user.Id, user.UserName, user.NameKey, user.DisplayName, user.PhoneCipher, hash = Passwords.HashTemporary(Passwords.TemporaryFrom(_secret, user.Id)), stamp = Accounts.NewStamp(),
        }));
        _writes.Add(new Write(InsertImportUser, new { importId = _import.Id, user.Id }));
    }

    private void TakeRole(ImportRow row, SheetCounts counts)
    {
        var userName = UserName(row);
        var role = row.Word<Role>("role");
        var unit = OpenUnit(row);
        var organisation = row.Text("organisation");
        var from = row.Day("from");
        var to = row.Day("to");
        if (from is { } first && to < first)
            row.Fault("to", FaultCode.DaysInOrder);
        if (role is { } held && unit is { } place && !held.MayBeHeldAt(place.Level))
            row.Fault("unitCode", FaultCode.RoleInUnit, held, place.Level);
        var user = userName is null ? null : _city.Users.GetValueOrDefault(UserNames.KeyOf(userName));
        if (userName is not null && (user is null || !user.IsSeenIn(_city)))
            row.Fault("userName", FaultCode.UserUnknown);
        else if (user?.DeactivatedAt is not null)
            row.Fault("userName", FaultCode.UserDeactivated);
        if (row.IsFaulty)
            return;

        var organisationId = Organisation(row, user!, role!.Value, unit!.Value, organisation);
        if (row.IsFaulty)
            return;

        var same = user!.Roles.Where(r => r.Role == role && r.UnitCode == unit && r.OrganisationId == organisationId).ToList();
        if ((from is null ? same.Find(r => !r.IsOverOn(_today)) : same.Find(r => r.FromDate == from)) is { } stored)
            KeepOrChange(row, counts, user, stored, from, to);
        else
            AddRole(row, counts, user, same, new KnownRole { Id = Guid.CreateVersion7(_now), UserId = user.Id, Role = role.Value, UnitCode = unit.Value, OrganisationId = organisationId, FromDate = from ?? _today, ToDate = to, Row = row.Number });
    }

    private void KeepOrChange(ImportRow row, SheetCounts counts, KnownUser user, KnownRole stored, DateOnly? from, DateOnly? to)
    {
        if (stored.Row > 0)
        {
            row.Fault("userName", FaultCode.TwiceInFile, stored.Row);
            return;
        }

        stored.Row = row.Number;

        // Who says nothing of days means the role as it is held.
        if (stored.ToDate == to || !row.Has("to") || (from is null && to is null))
        {
            counts.Unchanged++;
            return;
        }

        if (to < stored.FromDate)
            row.Fault("to", FaultCode.DaysInOrder);
        if (Refused(row, user, [.. user.Roles.Where(r => r.Id != stored.Id && r.Role == stored.Role && r.UnitCode == stored.UnitCode && r.OrganisationId == stored.OrganisationId)], stored.FromDate, to))
            return;
        Change(counts, ImportSheet.Roles, row, Shown(user, stored), user.UserName, "ChangeRole", stored.UnitCode, ShownChange.Of("to", Written(stored.ToDate), Written(to)));
        stored.ToDate = to;
        RolesOf.Add(user.Id);
        _writes.Add(new Write(ChangeRole, new { stored.Id, stored.ToDate }));
    }

    private void AddRole(ImportRow row, SheetCounts counts, KnownUser user, List<KnownRole> same, KnownRole added)
    {
        if (added.ToDate < added.FromDate)
            row.Fault("to", FaultCode.DaysInOrder);
        if (Refused(row, user, same, added.FromDate, added.ToDate))
            return;
        Add(counts, ImportSheet.Roles, row, Shown(user, added), user.UserName, "GrantRole", added.UnitCode, new { added.Role, from = added.FromDate, to = added.ToDate, added.OrganisationId });
        user.Roles.Add(added);
        RolesOf.Add(user.Id);
        _writes.Add(new Write(InsertRole, added));
    }

    /// <summary>Whether a role cannot be given: to oneself, to somebody whom others answer for as well, or twice for the same days.</summary>
    private bool Refused(ImportRow row, KnownUser user, List<KnownRole> same, DateOnly from, DateOnly? to)
    {
        if (user.Id == _administrator)
            row.Fault("userName", FaultCode.OwnRoles);
        else if (user.ServesOutside(_city, _today))
            row.Fault("userName", FaultCode.UserServesElsewhere);
        else if (same.Find(r => r.Overlaps(from, to)) is { } other)
            row.Fault("from", other.Row > 0 ? FaultCode.RoleOverlaps : FaultCode.RoleOverlapsStored, other.Row > 0 ? other.Row : other.FromDate);
        return row.IsFaulty;
    }

    /// <summary>
    /// The organisation of a role: the one of that name in the role's unit, where its mediators serve; or another one for which the user holds such a role already.
    /// </summary>
    private Guid? Organisation(ImportRow row, KnownUser user, Role role, UnitCode unit, string? name)
    {
        if (role is not Role.Mediator)
        {
            if (name is not null)
                row.Fault("organisation", FaultCode.OrganisationUncalledFor, Role.Mediator);
            return null;
        }

        if (name is null)
        {
            row.Fault("organisation", FaultCode.OrganisationMissing, role);
            return null;
        }

        var namesakes = (_organisations.GetValueOrDefault(ImportWords.KeyOf(name)) ?? []).Where(o => !o.IsClosedOn(_today)).ToList();
        var found = namesakes.Find(o => o.UnitCode == unit)
            ?? namesakes.Find(o => user.Roles.Exists(r => r.OrganisationId == o.Id && r.Role == role && r.UnitCode == unit));
        if (found is null && namesakes.Count == 0)
            row.Fault("organisation", FaultCode.OrganisationUnknown, name);
        else if (found is null)
            row.Fault("unitCode", FaultCode.OrganisationInUnit, name, string.Join(", ", namesakes.Select(o => o.UnitCode)));
        return found?.Id;
    }

    private UnitCode? OpenUnit(ImportRow row)
    {
        if (row.Unit("unitCode", _city) is not { } code)
            return null;
        if (!_city.Units.TryGetValue(code, out var unit))
            row.Fault("unitCode", FaultCode.UnitUnknown, code);
        else if (unit.IsClosedOn(_today))
            row.Fault("unitCode", FaultCode.UnitClosed, unit.SuccessorCode?.Value ?? "–");
        return code;
    }

    private static string? UserName(ImportRow row)
    {
        if (row.Text("userName", 64, isRequired: true) is not { } text)
            return null;
        if (PersonRules.IsUserName(text))
            return PersonRules.Stored(text);
        row.Fault("userName", FaultCode.NotAUserName);
        return null;
    }

    private static string? Phone(ImportRow row)
    {
        if (row.Text("phone", LongestPhone) is not { } text)
            return null;
        if (text.Contains('*', StringComparison.Ordinal) || text.Contains('＊', StringComparison.Ordinal))
            row.Fault("phone", FaultCode.PhoneMasked);
        else if (!FieldRules.IsPhone(text))
            row.Fault("phone", FaultCode.NotAPhone);
        return text;
    }

    private UnitCode? UnitOf(KnownUser user) => user.Roles.Where(IsServedBelow).OrderBy(r => r.UnitCode.Level).Select(r => (UnitCode?)r.UnitCode).FirstOrDefault();

    private static string Shown(KnownUser user, KnownRole role) => $"{user.UserName} {role.UnitCode} {{{nameof(Role)}.{role.Role}}}";

    private static string Written(DateOnly? day) => day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
