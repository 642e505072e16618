//! Words to write pages from, the more common ones first.

/// Apart by spaces and line ends.
pub(crate) const WORDS: &str = "\
    account recovery password username email address browser device phone code codes token \
    tokens project projects maintainer owner organization repository branch commit release \
    upload package publisher trusted session login logout authenticator application backup \
    factor factors security key keys passkey hardware number digits clock timezone provider \
    mailbox inbox spam filter message link domain verified primary secondary support request \
    ticket issue form field the of to and a in is it you that he was for on are with as his they \
    be at one have this from or had by hot but some what there we can out other were all your \
    when up use word how said an each she which do their time if will way about many then them \
    would write like so these her long make thing see him two has look more day could go come \
    did my sound no most who over know water than call first people may down side been now find \
    any new work part take get place made live where after back little only round man year came \
    show every good public private proof identity evidence answer reply staff volunteer queue \
    delay week weeks policy terms screenshot signature attachment reset change confirm expire \
    expired invalid rejected locked frozen deleted archived transferred renamed suspended \
    compromised malicious phishing lookalike warning notice checklist triage question outcome \
    step steps option manager vault export import restore sync cloud telephone operator carrier \
    sim card desktop laptop tablet profile settings page button dialog window tab cookie cache \
    storage history network proxy certificate encrypted plaintext secret hash salt rotate revoke \
    grant scope permission role collaborator contributor member team invite invitation pending \
    approve decline audit log event timeline incident report abuse contact phrase paragraph \
    statement declare witness notary document passport license employer university archive \
    mirror snapshot metadata readme changelog handover successor estate executor me give our \
    under name very through just much great think say help low line before turn cause same mean \
    differ move right boy old too does tell sentence set three want air well also play small end \
    put home read hand port large spell add even land here must big high such follow act why ask \
    men went light kind off need house picture try us again animal point mother world near build \
    self earth father head stand own should country found school grow study still learn plant \
    cover food sun four thought let keep eye never last door between city tree cross since hard \
    start might story saw far sea draw left late run while press close night real life few stop \
    open seem together next white children begin got walk example ease paper often always music \
    those both mark book letter until mile river car feet care second group carry took rain eat \
    room friend began idea fish mountain north once base hear horse cut sure watch color face \
    wood main enough plain girl usual young ready above ever red list though feel talk bird soon \
    body dog family direct pose leave song measure state product black short numeral class wind \
    happen complete ship area half rock order fire south problem piece told knew pass farm top \
    whole king size heard best hour better true during hundred am remember early hold west \
    ground interest reach fast five sing listen six table travel less morning ten simple several \
    vowel toward war lay against pattern slow center love person money serve appear road map \
    science rule govern pull cold voice fall power town fine certain fly unit lead cry dark \
    machine note wait plan figure star box noun rest correct able pound done beauty drive stood \
    contain front teach final gave green quick develop sleep warm free minute strong special \
    mind behind clear tail produce fact street inch lot nothing course stay wheel full force \
    blue object decide surface deep moon island foot yet busy test record boat common gold \
    possible plane age dry wonder laugh thousand ago ran check game shape yes cool miss brought \
    heat snow bed bring sit perhaps fill east weight language among abeyance acumen adjunct \
    aegis alacrity amalgam anathema apogee arboreal bastion bellwether bivouac bulwark cadence \
    caldera cantilever catalyst chasm cipher clairvoyant coalesce conduit corollary cornice \
    crucible debacle decorum demarcate diaspora dovetail ebullient eclectic effigy egress \
    elision embargo ephemeral epoch equinox escarpment estuary ethos expedite facade fathom \
    filigree flotsam foible forage foundry fulcrum gambit gantry garner gazette gossamer granary \
    gusset harbinger hearth heirloom hinterland hyphen iconoclast impasse impetus inkling \
    interim isthmus jetsam jubilee juncture keystone kiln labyrinth lacuna lattice legacy levee \
    lexicon litmus locus lodestar maelstrom mandate marquee meander medley meridian milieu \
    monolith mosaic nadir nascent nexus nimbus nomad novice oasis obelisk oblique odyssey omen \
    onus opus oracle outpost palisade panacea paragon parapet parity patina pedigree penumbra \
    pinnacle plateau plinth polymath portico precept prelude prism protocol quagmire quarry \
    quorum rampart rapport recourse redoubt relic reprieve requisite respite rubric sanctum \
    scaffold schism sentinel sextant silo solace soliloquy spectrum stalwart steppe strata \
    summit sundry surrogate synopsis tandem tangent tapestry tenet terrace threshold timbre \
    torrent tribune trove turret umbra undulate usher utopia vanguard vantage vellum veneer \
    vestige viaduct vista vortex waypoint wharf windfall zenith zephyr";
