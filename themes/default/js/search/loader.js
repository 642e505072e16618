/* Loads the shards of the index as scripts. The head says in which folder they are. */
(() => {
  "use strict";

  const { shards, engine } = regain.search;

  /* An engine over the index whose head was loaded last. It takes each shard from `shards` as soon as it arrives, because
     those of a newer index have the same ids. */
  function connect() {
    const own = new Map(shards);
    shards.clear();
    const head = own.get("head");
    async function load(id) {
      if (!own.has(id)) {
        await regain.load(document.body.dataset.root + "assets/search/" + head.folder + "/" + id + ".js");
        if (!shards.has(id)) throw new Error("not the shard its name says: " + id);
        own.set(id, shards.get(id));
        shards.delete(id);
      }
      return own.get(id);
    }
    return engine(head, load, (id) => own.has(id));
  }

  regain.search.connect = connect;
})();
