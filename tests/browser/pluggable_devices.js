// A camera and a microphone that a test plugs in and unplugs, refuses and silences: a bright picture, a steady tone.
// `window.devices`: plug(kind, label?), unplug(kind), refuse(kind, name, message?), allow(kind), mute(kind, muted).
(() => {
  const SIZE = [320, 180];
  const KINDS = { video: "videoinput", audio: "audioinput" };
  const here = { videoinput: ["Caméra A"], audioinput: ["Micro A"], audiooutput: ["Haut-parleur A", "Casque B"] };
  const refusals = {};
  const given = [];
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = SIZE;
  const brush = canvas.getContext("2d");
  let frame = 0;
  setInterval(() => {
    frame += 1;
    brush.fillStyle = frame % 2 ? "rgb(230, 230, 230)" : "rgb(240, 240, 240)";
    brush.fillRect(0, 0, ...SIZE);
  }, 125);
  let audio;

  function sound() {
    audio ??= new AudioContext();
    void audio.resume();
    const tone = audio.createOscillator();
    const out = audio.createMediaStreamDestination();
    tone.frequency.value = 440;
    tone.connect(out);
    tone.start();
    return out.stream.getAudioTracks()[0];
  }

  function make(kind, wanted) {
    const track = kind === "video" ? canvas.captureStream(8).getVideoTracks()[0] : sound();
    const all = here[KINDS[kind]];
    const id = wanted?.deviceId?.ideal ?? wanted?.deviceId?.exact;
    const label = all.includes(id) ? id : all[0];
    const settings = track.getSettings.bind(track);
    Object.defineProperty(track, "label", { value: label });
    track.getSettings = () => ({ ...settings(), deviceId: label });
    given.push({ kind: KINDS[kind], label, track });
    return track;
  }

  const devices = navigator.mediaDevices;
  devices.getUserMedia = async ({ video, audio: sounds }) => {
    await new Promise((done) => setTimeout(done, 30));
    const wanted = Object.entries({ video, audio: sounds }).filter(([, asked]) => asked);
    for (const [kind] of wanted) {
      const refusal = refusals[KINDS[kind]];
      if (refusal) throw new DOMException(refusal.message, refusal.name);
      if (!here[KINDS[kind]].length) throw new DOMException("Requested device not found", "NotFoundError");
    }
    return new MediaStream(wanted.map(([kind, asked]) => make(kind, asked)));
  };
  devices.enumerateDevices = async () =>
    Object.entries(here)
      .flatMap(([kind, all]) => all.map((label) => ({ kind, label, deviceId: label, groupId: label })));
  const routed = [];
  HTMLMediaElement.prototype.setSinkId = async function setSinkId(id) {
    routed.push(id);
    Object.defineProperty(this, "sinkId", { value: id, configurable: true });
  };
  AudioContext.prototype.setSinkId = async function setSinkId(id) {
    routed.push(`sounds ${id}`);
  };

  // What the browser itself knows of this site's permission: denied where the test refuses in its name.
  const permissions = { videoinput: new EventTarget(), audioinput: new EventTarget() };
  for (const one of Object.values(permissions)) one.state = "granted";
  navigator.permissions.query = async ({ name }) => (name === "camera" ? permissions.videoinput
    : permissions.audioinput);
  function permit(kind, state) {
    permissions[kind].state = state;
    permissions[kind].dispatchEvent(new Event("change"));
  }

  const changed = () => devices.dispatchEvent(new Event("devicechange"));
  window.devices = {
    routed,
    live: () => given.filter(({ track }) => track.readyState === "live").length,
    plug(kind, label = kind === "videoinput" ? "Caméra A" : "Micro A") {
      if (!here[kind].includes(label)) here[kind].push(label);
      changed();
    },
    unplug(kind, label = here[kind][0]) {
      here[kind] = here[kind].filter((one) => one !== label);
      for (const one of given) {
        if (one.kind !== kind || one.label !== label || one.track.readyState === "ended") continue;
        one.track.stop();
        one.track.dispatchEvent(new Event("ended"));
      }
      changed();
    },
    refuse(kind, name, message = "") {
      refusals[kind] = { name, message };
      if (message === "Permission denied") permit(kind, "denied");
      for (const one of given) {
        if (one.kind !== kind || one.track.readyState === "ended") continue;
        one.track.stop();
        one.track.dispatchEvent(new Event("ended"));
      }
    },
    allow(kind) {
      delete refusals[kind];
      if (permissions[kind].state !== "granted") permit(kind, "granted");
    },
    mute(kind, muted) {
      for (const { kind: mine, track } of given) {
        if (mine !== kind || track.readyState === "ended") continue;
        Object.defineProperty(track, "muted", { value: muted, configurable: true });
        track.dispatchEvent(new Event(muted ? "mute" : "unmute"));
      }
    },
  };
})();
