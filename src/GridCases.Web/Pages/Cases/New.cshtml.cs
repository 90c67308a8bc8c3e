using GridCases.Domain;
using GridCases.Features;
using GridCases.Features.Cases;
using GridCases.Features.Units;
using GridCases.Pipeline;
using GridCases.Texts;
using GridCases.Web.Pages.Cases.Fields;
using GridCases.Web.Pages.Cases.Panels;
using Microsoft.AspNetCore.Mvc;

namespace GridCases.Web.Pages.Cases;

/// <summary>Logging a dispute: one screen of required fields on a phone, everything else folded in.</summary>
[RequestFormLimits(MemoryBufferThreshold = RegistrationPhotos.MostBytes, MultipartBodyLengthLimit = RegistrationPhotos.MostBytes)]
[RequestSizeLimit(RegistrationPhotos.MostBytes)]
public sealed class NewModel(AnsweredKeys answered, RequestKey requestKey, RegistrationPhotos photos) : AppPage
{
    [BindProperty]
    public RegistrationForm Input { get; set; } = new();

    /// <summary>The point that was taken, with what lies around it; null while there is none.</summary>
    public ShownPlace? Position { get; private set; }

    /// <summary>Photos that were chosen with the form.</summary>
    [BindProperty]
    public List<IFormFile> Photos { get; set; } = [];

    /// <summary>Photos that came with a form which was not taken: a browser does not send them again by itself.</summary>
    public int PhotosLost { get; private set; }

    /// <summary>Most bytes of one photo.</summary>
    public long MostBytes => photos.MostOfOne;

    /// <summary>Units of the caller where a dispute may lie.</summary>
    public IReadOnlyList<ListUnits.Found> Units { get; private set; } = [];

    /// <summary>Cases that may be the same dispute, because of which it was not registered yet; empty when nothing held it up.</summary>
    public IReadOnlyList<Duplicate> Alike { get; private set; } = [];

    /// <summary>Whether it was to be handed to the centre as well.</summary>
    public bool Submitting { get; private set; }

    /// <summary>Whether it was settled on the spot.</summary>
    public bool Settling { get; private set; }

    /// <summary>How many fields are wrong.</summary>
    public int Wrong => ModelState.Count(e => e.Value is { Errors.Count: > 0 });

    /// <summary>Shows the empty form: where the caller serves, today, one party.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (!Caller.MaySend<RegisterCase.Command>())
            return StatusCode(StatusCodes.Status403Forbidden);

        await LoadUnitsAsync();
        Input = new RegistrationForm { IdempotencyKey = Guid.CreateVersion7(Now).ToString(), UnitCode = Units.Count > 0 ? Units[0].Code.Value : null, OccurredOn = $"{Today:yyyy-MM-dd}" };
        return Page();
    }

    /// <summary>Registers, or adds or removes a party's rows, or fills in what its ID number says, where there is no script.</summary>
    public async Task<IActionResult> OnPostAsync(bool? submit, bool? settle, int? addParty, int? removeParty, int? fillParty)
    {
        FirstParty();
        if (addParty is not null || removeParty is not null || fillParty is not null)
        {
            if (fillParty is { } filled)
                FillIn(Input.Parties.ElementAtOrDefault(filled));
            else if (removeParty is { } index && index > 0 && index < Input.Parties.Count)
                Input.Parties.RemoveAt(index);
            else if (Input.Parties.Count < 20)
                Input.Parties.Add(new PartyForm { Role = PartyRole.Respondent });
            ModelState.Clear();
            PhotosLost = Photos.Count;
            await LoadUnitsAsync();
            return Page();
        }

        var unread = Read(submit, settle);
        if (unread.Count == 0 && await UnseenAsync() is { Count: > 0 } alike)
        {
            Alike = alike;
            PhotosLost = Photos.Count;
            await LoadUnitsAsync();
            return Page();
        }

        if (await RegisterAsync(unread) is { } registered)
        {
            var left = await photos.AttachAsync(registered.Id, Input.IdempotencyKey, Photos, HttpContext.RequestAborted);
            TempData["Notice"] = Localized.Page(Settling ? "SettledNotice" : Submitting ? "SubmittedNotice" : "RegisteredNotice", registered.Number) + (left > 0 ? $" {Localized.Page("PhotosNotKept", left)}" : "");
            return RedirectToPage("/Cases/Case", new { id = registered.Id });
        }

        PhotosLost = Photos.Count;
        await LoadUnitsAsync();
        return Page();
    }

    /// <summary>The point that was taken, with what lies around it, for the form's script.</summary>
    public async Task<IActionResult> OnPostWhereAsync()
    {
        ModelState.Clear();
        return await LocateAsync() is { } place ? Partial("_ShownPlace", place) : Content("");
    }

    /// <summary>
    /// Registers what lay on a device without a network. It answers the device's script: the number that stands for it from now on, or what is wrong with which field. Nobody is there to be asked about
    /// likely duplicates, so they hold nothing up and are told with the number. The key is that of the form, so that what was sent from the page while the network broke is done once.
    /// </summary>
    public async Task<IActionResult> OnPostSentAsync(bool? submit, bool? settle)
    {
        FirstParty();
        var unread = Read(submit, settle);
        var alike = unread.Count == 0 ? (await UnseenAsync()).Count : 0;
        if (await RegisterAsync(unread) is { } registered)
            return new JsonResult(new { number = registered.Number, link = $"/cases/{registered.Id}", alike });

        var errors = ModelState.Where(e => e.Value is { Errors.Count: > 0 }).ToDictionary(e => e.Key, e => e.Value!.Errors.Select(error => error.ErrorMessage));
        return new JsonResult(new { title = Wrong > 0 ? Localized.Page("FieldsWrong", Wrong) : Problem, errors }) { StatusCode = Response.StatusCode };
    }

    /// <summary>What may be the same dispute as the one being typed, for the form's script.</summary>
    public async Task<IActionResult> OnPostAlikeAsync()
    {
        Input.Parties = [.. (Input.Parties ?? []).Where(party => party is not null)];
        ModelState.Clear();
        IReadOnlyList<Duplicate> alike = [];
        if (!string.IsNullOrWhiteSpace(Input.Title) || Input.Parties.Any(party => party.IsFilledIn))
            await TryAsync(async () => alike = await FindAlikeAsync());
        Response.StatusCode = StatusCodes.Status200OK; // errors are shown when the form itself is sent
        return Partial("_Alike", new AlikeCases(alike, Today));
    }

    /// <summary>A row that was posted without any field does not count, but the form always has a first one.</summary>
    private void FirstParty() => Input.Parties = [.. (Input.Parties ?? []).Where(party => party is not null).DefaultIfEmpty(new PartyForm())];

    /// <summary>Takes the form as it is to be registered, with its key, and tells what cannot be read.</summary>
    private Dictionary<string, string[]> Read(bool? submit, bool? settle)
    {
        Input.Parties = [.. Input.Parties.Where((party, i) => i == 0 || party.IsFilledIn)];
        var unread = Unread();
        if (photos.Fault(Photos) is { } fault)
            unread["Photos"] = [fault];
        ModelState.Clear();
        Settling = settle ?? false;
        Submitting = !Settling && (submit ?? true);
        UseKey(Input.IdempotencyKey, "Input.IdempotencyKey", ignored: "Input.Seen");
        return unread;
    }

    /// <summary>The case that it became; null when it was refused, and the page says why.</summary>
    private async Task<CaseView?> RegisterAsync(Dictionary<string, string[]> unread)
    {
        CaseView? registered = null;
        await TryAsync(
            async () => registered = unread.Count > 0 ? throw new InvalidInput(unread) : await SendAsync(ToCommand()),
            field => unread.ContainsKey(field) ? field : FieldName(field));
        return registered;
    }

    /// <summary>
    /// Likely duplicates that the form has not shown yet. A dispute that cannot be registered as it is, or was by this very form, is not held up.
    /// </summary>
    private async Task<IReadOnlyList<Duplicate>> UnseenAsync()
    {
        var time = HttpContext.RequestServices.GetRequiredService<TimeProvider>();
        if (!Caller.MaySend<RegisterCase.Command>() || !(await new RegisterCase.Validator(time).ValidateAsync(ToCommand(), HttpContext.RequestAborted)).IsValid
            || (requestKey.Value is { } key && await answered.ContainsAsync(key, HttpContext.RequestAborted)))
        {
            return [];
        }

        var alike = await FindAlikeAsync();
        return alike.All(a => Input.Seen.Contains(a.Id.ToString())) ? [] : alike;
    }

    /// <summary>What the pressed button asks for. Whoever wrote how it was settled and presses another button is asked which it is to be, as if it were to be submitted too.</summary>
    private RegisterCase.Command ToCommand()
    {
        var settled = Settling ? Input.ResolvedOnSpot ?? "" : RegistrationForm.Blank(Input.ResolvedOnSpot);
        return Input.ToCommand(Settling ? false : settled is not null || Submitting) with { ResolvedOnSpot = settled };
    }

    private Task<IReadOnlyList<Duplicate>> FindAlikeAsync()
    {
        var command = Input.ToCommand(false);
        return SendAsync(new FindDuplicates.Query { Title = command.Title, Summary = command.Summary, Place = command.Place, Parties = command.Parties });
    }

    /// <summary>What was typed or chosen and cannot be read, by input: none of it is dropped in silence.</summary>
    private Dictionary<string, string[]> Unread()
    {
        var unread = ModelState.Where(e => e.Key.StartsWith("Input.", StringComparison.Ordinal) && e.Value is { Errors.Count: > 0 })
            .ToDictionary(e => e.Key, _ => new[] { Text.Field("WrongType") });
        // The framework would take "Housing,Labour" for the sum of two words.
        foreach (var choice in new[] { "Input.Category", "Input.Source", "Input.Scale" }.Concat(Request.Form.Keys.Where(k => k.EndsWith("].Sex", StringComparison.Ordinal))).Where(c => !Request.Form[c].ToString().All(char.IsAsciiLetter)))
            unread[choice] = [Text.Field("WrongType")];
        if (RegistrationForm.Blank(Input.OccurredOn) is not null && Input.Day is null)
            unread["Input.OccurredOn"] = [Text.Field("NotADay")];
        foreach (var (i, party) in Input.Parties.Index().Where(p => RegistrationForm.Blank(p.Item.BirthDate) is not null && RegistrationForm.DayOf(p.Item.BirthDate) is null))
            unread[$"Input.Parties[{i}].BirthDate"] = [Text.Field("NotADay")];
        if (RegistrationForm.Blank(Input.Latitude) is not null && RegistrationForm.Degrees(Input.Latitude) is null)
            unread["Input.Latitude"] = [Text.Field("NotANumber")];
        if (RegistrationForm.Blank(Input.Longitude) is not null && RegistrationForm.Degrees(Input.Longitude) is null)
            unread["Input.Longitude"] = [Text.Field("NotANumber")];
        PostedForm.Number(Input.PeopleInvolved, "Input.PeopleInvolved", unread, Counted.People);
        PostedForm.Yuan(Input.AmountInDispute, "Input.AmountInDispute", unread);
        return unread;
    }

    private async Task<ShownPlace?> LocateAsync()
    {
        if (UnitCode.TryParse(Input.UnitCode) is not { } unit || RegistrationForm.Degrees(Input.Latitude) is not (>= -90 and <= 90) || RegistrationForm.Degrees(Input.Longitude) is not (>= -180 and <= 180))
            return null;
        var point = new GeoPoint(RegistrationForm.Degrees(Input.Latitude)!.Value, RegistrationForm.Degrees(Input.Longitude)!.Value);
        var around = await SendAsync(new GetSurroundings.Query(unit, point.Latitude, point.Longitude));
        return new ShownPlace(unit, point, around, IsAsked: true) { CanTake = around.Doubt?.Nearer is { } nearer && Caller.Sees(nearer) };
    }

    private void FillIn(PartyForm? party)
    {
        if (party is not null && IdentityNumber.Read(party.IdNumber, Today) is { } number)
        {
            party.Sex ??= number.Sex;
            party.BirthDate = RegistrationForm.Blank(party.BirthDate) ?? $"{number.BornOn:yyyy-MM-dd}";
        }
    }

    /// <summary>The input that a field of the command came from.</summary>
    private static string FieldName(string field) => field switch
    {
        "place.unitCode" or "place" => "Input.UnitCode",
        "place.address" => "Input.Address",
        "place.latitude" => "Input.Latitude",
        "place.longitude" => "Input.Longitude",
        "parties" => "Input.Parties[0].Name",
        _ => "Input." + string.Join('.', field.Split('.').Select(part => char.ToUpperInvariant(part[0]) + part[1..])),
    };

    private async Task LoadUnitsAsync()
    {
        var found = await UnitsAsync(new ListUnits.Query { Open = true });
        var own = Caller.Roles.Select(r => r.Unit).ToHashSet();
        Position = await LocateAsync();
        Units = [.. found.Where(u => u.Level >= UnitLevel.Township).OrderBy(u => own.Contains(u.Code) ? 0 : 1).ThenBy(u => u.Code)];
    }
}
